/// The arguments of execve(2), the program's name first. Reading them does not need `/proc`.
int laseros_argument_count(void);
char *const *laseros_arguments(void);
