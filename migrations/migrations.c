#include "migrations.h"

static const char v1[] = {
#embed "0001_initial.sql" suffix(,)
    0};

static const char *const steps[] = {v1};

const int laseros_migration_count = sizeof steps / sizeof *steps;

const char *laseros_migration(int step) { return steps[step]; }
