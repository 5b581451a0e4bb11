"""The command line: one file a command, all over the same services as the window."""
