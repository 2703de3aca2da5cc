"""Invented names: pools by background, and the awkward ones every real system holds."""

GIRLS, BOYS, FAMILIES = "girls", "boys", "families"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


POOLS: dict[str, dict[str, tuple[str, ...]]] = {
    "british": {
        GIRLS: _words(
            "Amelia Olivia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy"
            " Poppy Ella Evie Phoebe Harper Maisie Elsie Ruby Millie Chloe Esme Evelyn Matilda Emily Alice"
            " Jessica Scarlett Lottie Erin Molly Summer Lexi Skye Tia Kayleigh Leah Bethany Paige Courtney"
            " Ellie-Mae Lacey Imogen Niamh Siobhan Megan Holly Abigail Hannah Eliza Martha Robyn Darcie Amber"
            " Jasmine Gracie-Mae Lola-Rose Demi Tegan Cerys Orla Heidi Thea Nancy Beatrice Harriet Georgia"
            " Lauren"
        ),
        BOYS: _words(
            "Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie"
            " Theo William Theodore Archie Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan"
            " Ethan Mason Harrison Riley Teddy Joseph Reuben Jenson Kai Tyler Jayden Callum Connor Liam"
            " Kieran"
            " Declan Bradley Jake Ryan Aaron Nathan Luke Ben Toby Zachary Caleb Frankie Ronnie Albie Louie"
            " Rory Ewan Hamish Rhys Dylan Owen Stanley Reggie Bobby Jude Elliott Dexter Kian Cody Ashton"
        ),
        FAMILIES: _words(
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker"
            " White Roberts Green Hall Wood Jackson Clarke Harris Clark Turner Hill Cooper Morris Moore Baker"
            " Ward Harrison King Lewis Morgan Allen James Scott Watson Parker Bennett Young Griffiths Cook"
            " Shaw Richardson Carter Collins Marshall Bell Gray Cox Adams Wilkinson Foster Butler Barnes"
            " Mason"
            " Fisher Rogers Hunt Mills Palmer Dixon Gibson Holmes Rose Stone Lloyd Fox Powell Pearson Burton"
            " Harvey Reynolds Webb Chapman Payne Fletcher Holland Hughes Edwards Bishop Goodwin Lamb Sharp"
            " Pratt Akehurst Funnell Tester Hollands Botting Packham Pelling Verrall Stenning Muddle Murphy"
            " Kelly Byrne Ryan Doyle Gallagher Kavanagh McCarthy Donnelly Quinn Campbell Stewart MacDonald"
            " Reid Murray Fraser Sinclair Pritchard Bowen Rees Vaughan Penrose Trelawny Featherstone"
            " Longbottom Sidebottom Winterbourne Ashdown Fairweather Thistlewood Blackmore Underhill Whitlock"
        ),
    },
    "south_asian": {
        GIRLS: _words(
            "Aisha Fatima Zainab Maryam Khadija Amina Hafsa Safa Inaya Zara Priya Anjali Simran Jasleen Kiran"
            " Meera Diya Riya Nisha Sumaya Tahmina Nusrat Rukhsana Farzana Sadia Mehreen"
        ),
        BOYS: _words(
            "Mohammed Yusuf Ibrahim Ali Hamza Bilal Zayn Ayaan Rehan Imran Arjun Rohan Dev Harpreet Gurpreet"
            " Vikram Aarav Nikhil Rahim Tariq Shahid Faisal Kamran Sajid Abdul Jahangir"
        ),
        FAMILIES: _words(
            "Khan Ahmed Hussain Begum Ali Akhtar Shah Malik Iqbal Mahmood Rahman Chowdhury Miah Uddin Islam"
            " Patel Singh Kaur Sharma Gupta Desai Mehta Reddy Nair Joshi Bhatt Siddiqui Qureshi Mirza Rana"
        ),
    },
    "black": {
        GIRLS: _words(
            "Adaeze Chidinma Ama Abena Efua Folake Temitope Zuri Nia Amara Blessing Precious Grace Esther"
            " Naomi Shanice Aaliyah Tanisha Keisha Imani Ebony Makeda Saida Hodan Ifrah"
        ),
        BOYS: _words(
            "Chinedu Emeka Kwame Kofi Kwabena Tunde Babatunde Ayo Emmanuel Samuel Daniel Malachi Elijah"
            " Tyrese Jerome Andre Marcus Leon Abdi Mohamed Yonis Liban Josiah Nathaniel"
        ),
        FAMILIES: _words(
            "Okafor Adeyemi Okonkwo Mensah Boateng Owusu Asante Nwosu Eze Balogun Adebayo Oluwaseun Mwangi"
            " Otieno Ndlovu Moyo Banda Campbell Grant Francis Joseph Henry Clarke Baptiste Pierre Abdi Hassan"
            " Farah Warsame Osman Tesfaye Gebremariam Kamara Sesay Conteh"
        ),
    },
    "european": {
        GIRLS: _words(
            "Zuzanna Maja Julia Lena Hanna Oliwia Ioana Andreea Mădălina Elena Sofia Giulia Chiara Inês"
            " Beatriz Lucía Zoë Chloé Noémie Katarína Eliška Kateryna Oksana Daria Milda"
        ),
        BOYS: _words(
            "Jakub Łukasz Kacper Szymon Filip Antoni Andrei Ștefan Mihai Luca Matteo João Tiago Rafael Mateo"
            " Noël René Jiří Ondřej Oleksandr Dmytro Matas Jonas Søren Björn"
        ),
        FAMILIES: _words(
            "Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Popescu Ionescu"
            " Dumitru Rossi Bianchi Esposito Silva Santos Ferreira Gonçalves García Rodríguez Martínez Muñoz"
            " Novák Dvořák Horváth Kovács Shevchenko Bondarenko Kazlauskas Petrauskas Müller Gärtner Åkesson"
            " Sørensen"
        ),
    },
    "east_asian": {
        GIRLS: _words(
            "Mei Xin Jia Ling Hui Thảo Linh Ngọc Trang Yuki Sakura Min-ji Soo-ah Angel Maricel Joy"
        ),
        BOYS: _words("Wei Jun Hao Ming Tuấn Minh Đức Quang Haruto Ren Ji-ho Jun-seo Jericho Christian Kai"),
        FAMILIES: _words(
            "Chen Wang Li Zhang Liu Wong Chan Lam Cheung Nguyễn Trần Lê Phạm Võ Tanaka Suzuki Kim Park Lee"
            " Reyes Cruz dela_Cruz Bautista Santos"
        ),
    },
    "middle_eastern": {
        GIRLS: _words(
            "Layla Noor Rania Yasmin Shirin Parisa Zeynep Elif Dilan Hiba Salma Rahaf Selam Feven Winta"
        ),
        BOYS: _words(
            "Ahmad Omar Khalid Hamid Farid Zaman Karwan Hiwa Rebin Mustafa Emre Yusif Abdulrahman Adam Ismail"
            " Samir Filmon Yonas Natnael Besnik Arben Wahid Najib"
        ),
        FAMILIES: _words(
            "Ahmadi Rahimi Karimi Hosseini Mohammadi Stanikzai Zadran Safi Noori Saleh Ibrahim Adam Abdalla"
            " Idris Haroun Rashid Aziz Karim Mahmoud Al-Hassan Al-Khatib El_Amin Yılmaz Demir Kaya Berisha"
            " Krasniqi Hoxha Tekle Ghebreyesus Haile"
        ),
    },
}
"""Forenames and family names by background; the backgrounds are those of `ETHNICITIES`."""

ETHNICITIES: dict[str, dict[str, float]] = {
    "british": {
        "WBRI": 80,
        "WIRI": 2,
        "WIRT": 0.7,
        "WROM": 0.6,
        "MWBC": 5,
        "MWBA": 3,
        "MWAS": 3,
        "MOTH": 4,
        "REFU": 0.7,
        "NOBT": 1,
    },
    "south_asian": {"AIND": 20, "APKN": 25, "ABAN": 30, "AOTH": 15, "MWAS": 10},
    "black": {"BCRB": 15, "BAFR": 65, "BOTH": 12, "MWBA": 8},
    "european": {"WOTH": 92, "WROM": 4, "MOTH": 4},
    "east_asian": {"CHNE": 45, "AOTH": 45, "MOTH": 10},
    "middle_eastern": {"OOTH": 72, "AOTH": 12, "WOTH": 8, "BAFR": 8},
}
"""Ethnicity codes with weights, by background."""

BACKGROUNDS = {
    "british": 78,
    "south_asian": 4,
    "black": 5,
    "european": 7,
    "east_asian": 2,
    "middle_eastern": 4,
}

UNACCOMPANIED_FROM = {
    "Sudan": 30,
    "Eritrea": 18,
    "Afghanistan": 20,
    "Iran": 12,
    "Vietnam": 8,
    "Albania": 6,
    "Iraq": 6,
}

_ESCAPE = "\x1b"

AWKWARD: tuple[tuple[str, str], ...] = (
    ("Sinéad", "O’Brien"),
    ("Miguel", "D'Souza"),
    ("Anne-Marie", "Smythe-Fotheringham"),
    ("Zoë", "Brontë"),
    ("Łukasz", "Żółkiewski"),
    ("Thị Hồng Nhung", "Nguyễn"),
    (
        "Wilhelmina Alexandra Theodora Persephone Guinevere",
        "Cholmondeley-Featherstonehaugh-Wriothesley-Beauchamp of Woolfardisworthy",
    ),
    ("Maria da Conceição Aparecida dos Santos", "de Albuquerque Cavalcanti Vasconcelos e Sousa"),
    ("", "Filmon"),
    ("Winta", ""),
    ("JAYDEN", "MCALLISTER"),
    ("keira", "de la cruz"),
    ("Sofía", "de la Fuente"),
    ("花子", "山田"),
    ("Владимир", "Кузнецов"),
    ("محمد", "الحسن"),
    ("Jamie", "[red]Smith[/]"),
    ("Erin", "O'Neil [/b]"),
    ("[link=https://example.org]Kai[/link]", "Brown"),
    ("Mia", f"{_ESCAPE}[31mJones"),
    ("Alfie", f"{_ESCAPE}]52;c;aGk={_ESCAPE}\\Turner"),
    ("Noah", "\u202eyeknoM\u202c Green"),
    ("Ivy", "=cmd()"),
    ("+Leo", "@SUM(A1)"),
    ("Poppy ", "Walker  "),
    ("  Max", "Hill"),
    ("Bo", "Xi"),
    ("Ella", "St. John-O'Grady"),
    ("Ng", "Ng"),
    ("Zo\u0065\u0308", "Gr\u00fcn\u200bwald"),
    ("👩\u200d👧 Lily", "Hope"),
    ("Tom\tLee", "Line\nBreak"),
)
"""Forename and surname as they have been seen in case systems, with what breaks terminals, markup and
spreadsheets. The empty ones become null."""

STREETS = _words(
    "Harbour_Road Lanes_End Marine_Parade Chapel_Street Station_Road Mill_Lane Church_Hill Elm_Grove"
    " Windmill_Avenue Whitehawk_Rise Kelp_Street Coldean_Way Orchard_Close The_Crescent Quarry_Lane"
    " Downland_Drive Beacon_Hill Fisherman’s_Walk Saltmarsh_Road Lighthouse_Close Tern_Court Gull_Lane"
    " St_Agnes_Road Victoria_Terrace Alma_Road Rope_Walk Pebble_Beach_Road Castle_View Meadow_Vale"
    " Sycamore_Close Priory_Street Old_Brewery_Yard North_Quay West_Pier_Road Barracks_Lane"
)

TOWN = "Seaborough"
"""There is no such place, and no postcode area SX."""
