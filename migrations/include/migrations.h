/// Returns the number of steps from an empty database to the current schema.
int laseros_migration_count(void);

/// Returns the SQL of a step, migrations/NNNN_name.sql, counted from 0; NULL after the last.
const char *laseros_migration(int step);
