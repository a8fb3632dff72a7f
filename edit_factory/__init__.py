"""The factory as one program: the command, and all servers and services in one process tree."""
