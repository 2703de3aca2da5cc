"""One Textual screen a report, and the few that lead to them. Screens show; they compute nothing."""
