"""The commands behind the command line, one file each; what is heavy is imported when it is called."""
