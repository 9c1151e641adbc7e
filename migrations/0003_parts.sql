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

-- The parts of a project. `number` names a part for ever, `position` is its place in lists; `drawing` is the SHA-256 of a file of the project.
-- An assembly consists of other parts of its project.
CREATE TABLE part (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id        INTEGER NOT NULL REFERENCES project,
    number            INTEGER NOT NULL CONSTRAINT part_number_above_zero CHECK (number > 0),
    position          INTEGER NOT NULL,
    title             TEXT NOT NULL,
    quantity          INTEGER CONSTRAINT part_quantity_above_zero CHECK (quantity > 0),
    material_id       INTEGER REFERENCES material,
    thickness_um      INTEGER CONSTRAINT part_thickness_above_zero CHECK (thickness_um > 0),
    customer_material INTEGER,
    drawing           TEXT,
    note              TEXT
) STRICT;
CREATE INDEX part_project ON part (project_id, position);
CREATE INDEX part_number ON part (project_id, number);
CREATE INDEX part_material ON part (material_id);
CREATE INDEX part_drawing ON part (drawing);

-- The operations of a part in their order; without an operation it is cutting. A part without rows is cut and nothing else.
CREATE TABLE part_operation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    part_id      INTEGER NOT NULL REFERENCES part,
    position     INTEGER NOT NULL,
    operation_id INTEGER REFERENCES operation
) STRICT;
CREATE INDEX part_operation_part ON part_operation (part_id, position);
CREATE INDEX part_operation_operation ON part_operation (operation_id);

CREATE TABLE part_component (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    assembly_id INTEGER NOT NULL REFERENCES part,
    position    INTEGER NOT NULL,
    part_id     INTEGER NOT NULL REFERENCES part,
    quantity    INTEGER NOT NULL CONSTRAINT part_component_quantity_above_zero CHECK (quantity > 0)
) STRICT;
CREATE INDEX part_component_assembly ON part_component (assembly_id, position);
CREATE INDEX part_component_part ON part_component (part_id);

ALTER TABLE quote_line ADD COLUMN part_id INTEGER REFERENCES part;
CREATE INDEX quote_line_part ON quote_line (part_id);
