/// How many steps there are from an empty file to today's.
int laseros_migration_count(void);

/// The text of a step, counted from 0: migrations/NNNN_name.sql. Null behind the last.
const char *laseros_migration(int step);
