#include "migrations.h"

static const char v1[] = {
#embed "0001_initial.sql" suffix(,)
    0};

const char *const laseros_migrations[] = {v1};
const int laseros_migration_count = sizeof laseros_migrations / sizeof *laseros_migrations;
