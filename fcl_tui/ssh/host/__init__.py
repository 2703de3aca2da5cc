"""The session host: one process that has imported everything, and forks a session for each connection.

Off unless somebody starts it (`fcl-tui ssh host`). What the SSH server starts for a person is then a thin
client: it hands its terminal over by descriptor, passes signals on, and ends as the session ends.
"""
