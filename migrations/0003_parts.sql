-- Operations, the catalogue of what is done to parts besides cutting, which is built in and has no row.
CREATE TABLE operation (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    code       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name       TEXT NOT NULL,
    machine_id INTEGER REFERENCES machine,
    outside    INTEGER NOT NULL DEFAULT 0 CONSTRAINT operation_one_place CHECK (outside = 0 OR machine_id IS NULL),
    charge     TEXT NOT NULL DEFAULT 'piece',
    setup_ms   INTEGER,
    each_ms    INTEGER,
    notes      TEXT
) STRICT;
CREATE INDEX operation_order ON operation (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX operation_name ON operation (name COLLATE NOCASE);
CREATE INDEX operation_machine ON operation (machine_id);
CREATE INDEX operation_charge ON operation (charge);

-- Each finish of the price list becomes an operation that is charged by the piece, as finishes were. It keeps its word, as its name where that
-- cannot be a code.
INSERT INTO operation (code, name)
SELECT CASE WHEN key GLOB '[A-Za-z0-9]*' AND key NOT GLOB '*[^-A-Za-z0-9_./:+&]*' AND length(key) <= 40
                AND lower(key) NOT IN ('last', 'code', 'number', 'cut')
            THEN key ELSE 'finish-' || min(id) END, key
FROM price WHERE kind = 'finishing' GROUP BY key ORDER BY min(id);
UPDATE price SET key = (SELECT code FROM operation WHERE name = price.key COLLATE NOCASE)
WHERE kind = 'finishing' AND key NOT IN (SELECT code FROM operation);
