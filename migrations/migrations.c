#include "migrations.h"

#include <string.h>

// All steps, each terminated by a zero byte. An empty string ends the list.
static const char steps[] = {
#embed "0001_initial.sql" suffix(, 0,)
#embed "0002_lists.sql" suffix(, 0,)
#embed "0003_parts.sql" suffix(, 0,)
#embed "0004_moves.sql" suffix(, 0,)
#embed "0005_deliveries.sql" suffix(, 0,)
#embed "0006_catalogue.sql" suffix(, 0,)
#embed "0007_stock.sql" suffix(, 0,)
#embed "0008_floor.sql" suffix(, 0,)
    0};

const char *laseros_migration(int step) {
    const char *text = steps;
    for (; step > 0 && *text; step--) text += strlen(text) + 1;
    return *text ? text : 0;
}

int laseros_migration_count(void) {
    int count = 0;
    while (laseros_migration(count)) count++;
    return count;
}
