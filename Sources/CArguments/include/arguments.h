/// The words that the program was started with, its name first, as execve(2) had them: no `/proc` is needed to know them.
int laseros_argument_count(void);
char *const *laseros_arguments(void);
