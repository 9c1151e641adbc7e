/// How many steps there are from an empty file to today's.
extern const int laseros_migration_count;

/// The text of a step, counted from 0: migrations/NNNN_name.sql.
const char *laseros_migration(int step);
