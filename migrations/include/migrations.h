/// The steps from an empty file to today's, each the text of one migrations/NNNN_name.sql.
extern const char *const laseros_migrations[];
extern const int laseros_migration_count;
