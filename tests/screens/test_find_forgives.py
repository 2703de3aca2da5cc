"""Find offers names that are nearly what was typed, says so, and opens none of them by mistake."""

from screens.client_summary.screen import ClientSummaryScreen
from screens.find import FindScreen
from tests.screens.conftest import application, settled, text_of, until
from tests.screens.test_own_team import home, loaded, opened  # noqa: F401  fixtures


async def some_name(app) -> str:
    people = app.session.snapshot.scan("people").select("surname").drop_nulls().collect()["surname"]
    return next(one for one in people if one.isascii() and one.isalpha() and len(one) > 5)


async def test_a_name_half_heard_is_found_and_said_to_be_no_exact_match(home, size):  # noqa: F811
    app = opened(home)
    async with app.run_test(size=size) as pilot:
        name = await some_name(app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))
        await pilot.press(*f"{name[:3]}x{name[4:]}".lower())
        await until(pilot, lambda: "did you mean" in text_of(app))
        assert name[:10] in text_of(app)
        assert "Worker" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "enter again" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))


async def test_an_exact_match_opens_at_once_and_offers_nobody_else(home):  # noqa: F811
    app = opened(home)
    async with app.run_test(size=(80, 24)) as pilot:
        name = await some_name(app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, FindScreen))
        await pilot.press(*name.lower())
        await until(pilot, lambda: " found" in text_of(app) and "0 found" not in text_of(app))
        assert "did you mean" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ClientSummaryScreen))


async def test_no_one_at_all_says_what_else_to_try():
    app = application()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f", *"xyzzyxyzzy")
        await until(pilot, lambda: "nor anyone like it" in text_of(app))
        assert "date of birth" in text_of(app)
