-- The shop floor: work centres with their hours (`machine`), people (`operator`), the work that is to be done (`queue`), what was done
-- (`run`), and the schedule that was kept (`plan_slot`).

-- A machine is any work centre. Its hours of the week are NULL for those of the shop.
ALTER TABLE machine ADD COLUMN kind TEXT NOT NULL DEFAULT 'laser';
ALTER TABLE machine ADD COLUMN gases TEXT;
ALTER TABLE machine ADD COLUMN hours TEXT;
CREATE INDEX machine_kind ON machine (kind);

-- Power in per cent is what a machine's panel and LightBurn say; it is a fact of its own beside the watts. `source` is the file that a preset
-- came from, `created_by` who added it.
ALTER TABLE preset ADD COLUMN power_millipercent INTEGER CONSTRAINT preset_power_range CHECK (power_millipercent BETWEEN 0 AND 100000);
ALTER TABLE preset ADD COLUMN pierce_power_millipercent INTEGER
    CONSTRAINT preset_pierce_power_range CHECK (pierce_power_millipercent BETWEEN 0 AND 100000);
ALTER TABLE preset ADD COLUMN passes INTEGER CONSTRAINT preset_passes_above_zero CHECK (passes > 0);
ALTER TABLE preset ADD COLUMN source TEXT;
ALTER TABLE preset ADD COLUMN created_by TEXT;

-- Days on which a work centre has other hours than in other weeks; NULL for none.
CREATE TABLE machine_exception (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    machine_id INTEGER NOT NULL REFERENCES machine,
    position   INTEGER NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    hours      TEXT,
    reason     TEXT,
    CONSTRAINT machine_exception_days CHECK (from_on <= until_on)
) STRICT;
CREATE INDEX machine_exception_machine ON machine_exception (machine_id, position);

-- Who works at the machines; `user` is the name with which they log in.
CREATE TABLE operator (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    code   TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name   TEXT NOT NULL CONSTRAINT operator_name_needed CHECK (trim(name) <> ''),
    user   TEXT,
    email  TEXT,
    phone  TEXT,
    active INTEGER NOT NULL DEFAULT 1,
    notes  TEXT
) STRICT;
CREATE INDEX operator_name ON operator (name COLLATE NOCASE);
CREATE INDEX operator_user ON operator (user) WHERE user IS NOT NULL;
CREATE INDEX operator_order ON operator (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);

-- What was done in one go at a machine, from `started_at` to `ended_at` less the pauses. NULL is unknown: a run that is recorded afterwards
-- has no start. `estimate_ms` is what was estimated for it, `paused_at` is set while it pauses, and a run with `removed_on` counts for nothing.
CREATE TABLE run (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    code          TEXT NOT NULL COLLATE NOCASE UNIQUE,
    day           TEXT NOT NULL,
    machine_id    INTEGER REFERENCES machine,
    operator_id   INTEGER REFERENCES operator,
    preset_id     INTEGER REFERENCES preset,
    material_id   INTEGER REFERENCES material,
    thickness_um  INTEGER,
    started_at    TEXT,
    ended_at      TEXT,
    paused_at     TEXT,
    paused_ms     INTEGER NOT NULL DEFAULT 0 CONSTRAINT run_pauses_not_negative CHECK (paused_ms >= 0),
    duration_ms   INTEGER CONSTRAINT run_duration_not_negative CHECK (duration_ms >= 0),
    estimate_ms   INTEGER,
    notes         TEXT,
    removed_on    TEXT,
    remove_reason TEXT,
    at            TEXT NOT NULL,
    who           TEXT
) STRICT;
CREATE INDEX run_order ON run (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX run_live ON run (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code) WHERE removed_on IS NULL;
CREATE INDEX run_day ON run (day);
CREATE INDEX run_machine ON run (machine_id, day);
CREATE INDEX run_open ON run (machine_id) WHERE ended_at IS NULL;
CREATE INDEX run_operator ON run (operator_id, day);
CREATE INDEX run_preset ON run (preset_id) WHERE preset_id IS NOT NULL;
CREATE INDEX run_material ON run (material_id, thickness_um);
CREATE INDEX run_thickness ON run (thickness_um);

-- An operation on the parts of a project that share work centre, material and thickness; without an operation it is cutting. `level` is the
-- place of the operation in the order of its parts, from 1: it waits for the lower levels of the same parts. `place` is the rank that was
-- given by hand, `run_id` the run that is at work on it, `line_id` the line of the purchase with which it is outside.
CREATE TABLE queue (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    project_id   INTEGER NOT NULL REFERENCES project,
    step         INTEGER NOT NULL CONSTRAINT queue_step_above_zero CHECK (step > 0),
    level        INTEGER NOT NULL,
    operation_id INTEGER REFERENCES operation,
    material_id  INTEGER REFERENCES material,
    thickness_um INTEGER,
    machine_id   INTEGER REFERENCES machine,
    status       TEXT NOT NULL DEFAULT 'queued',
    estimate_ms  INTEGER CONSTRAINT queue_estimate_not_negative CHECK (estimate_ms >= 0),
    starts_on    TEXT,
    pinned       INTEGER NOT NULL DEFAULT 0,
    place        TEXT,
    run_id       INTEGER REFERENCES run,
    line_id      INTEGER REFERENCES purchase_line,
    added_at     TEXT NOT NULL,
    notes        TEXT
) STRICT;
CREATE INDEX queue_order ON queue (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX queue_project ON queue (project_id, step);
CREATE INDEX queue_status ON queue (status);
CREATE INDEX queue_machine ON queue (machine_id) WHERE machine_id IS NOT NULL;
CREATE INDEX queue_operation ON queue (operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX queue_material ON queue (material_id);
CREATE INDEX queue_run ON queue (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX queue_line ON queue (line_id) WHERE line_id IS NOT NULL;

-- The parts of an entry; a project without parts has one row without a part. The quantity is what is ordered, NULL for unknown.
CREATE TABLE queue_part (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_id INTEGER NOT NULL REFERENCES queue,
    position INTEGER NOT NULL,
    part_id  INTEGER REFERENCES part,
    quantity INTEGER CONSTRAINT queue_part_quantity_not_negative CHECK (quantity >= 0)
) STRICT;
CREATE INDEX queue_part_queue ON queue_part (queue_id, position);
CREATE INDEX queue_part_part ON queue_part (part_id) WHERE part_id IS NOT NULL;

-- What a run made of a part of an entry, with its share of the time. Pieces that were counted as good and are scrapped later are subtracted
-- from `good`. `redoes_id` is the row with the scrap that is made again.
CREATE TABLE run_row (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id        INTEGER NOT NULL REFERENCES run,
    position      INTEGER NOT NULL,
    queue_part_id INTEGER NOT NULL REFERENCES queue_part,
    good          INTEGER NOT NULL DEFAULT 0,
    scrapped      INTEGER NOT NULL DEFAULT 0 CONSTRAINT run_row_scrapped_not_negative CHECK (scrapped >= 0),
    reason        TEXT,
    duration_ms   INTEGER,
    redoes_id     INTEGER REFERENCES run_row
) STRICT;
CREATE INDEX run_row_run ON run_row (run_id, position);
CREATE INDEX run_row_part ON run_row (queue_part_id);
CREATE INDEX run_row_redoes ON run_row (redoes_id) WHERE redoes_id IS NOT NULL;

ALTER TABLE movement ADD COLUMN run_id INTEGER REFERENCES run;
CREATE INDEX movement_run ON movement (run_id) WHERE run_id IS NOT NULL;
ALTER TABLE move ADD COLUMN queue_id INTEGER REFERENCES queue;
CREATE INDEX move_queue ON move (queue_id, position) WHERE queue_id IS NOT NULL;

-- The day since which a project that could be queued otherwise waits for material.
ALTER TABLE project ADD COLUMN material_awaited_on TEXT;
CREATE INDEX project_material_awaited ON project (material_awaited_on) WHERE material_awaited_on IS NOT NULL;

-- The schedule that was kept last, a row for each shift of an entry, and one without times for an entry that had no place. `due`
-- is what was promised then.
CREATE TABLE plan_slot (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_id   INTEGER NOT NULL REFERENCES queue,
    position   INTEGER NOT NULL,
    machine_id INTEGER REFERENCES machine,
    starts_at  TEXT,
    ends_at    TEXT,
    due        TEXT,
    kept_at    TEXT NOT NULL
) STRICT;
CREATE INDEX plan_slot_queue ON plan_slot (queue_id, position);

-- The order of the queue: the place by hand, else priority, promised day, day added. Only what is open has an index.
CREATE TABLE aux_queue (
    queue_id INTEGER PRIMARY KEY,
    rank     TEXT NOT NULL,
    open     INTEGER NOT NULL
) STRICT;
CREATE INDEX aux_queue_open ON aux_queue (rank) WHERE open;
CREATE INDEX aux_queue_rank ON aux_queue (rank);
CREATE TRIGGER aux_queue_add AFTER INSERT ON queue BEGIN
    INSERT INTO aux_queue (queue_id, rank, open) VALUES (NEW.id, coalesce(NEW.place, (SELECT instr('uhnl', substr(priority, 1, 1)) || ' ' || coalesce(due, '9999-12-31') || ' ' || NEW.added_at || printf(' %08d %05d', NEW.project_id, NEW.step)
        FROM project WHERE project.id = NEW.project_id), ''),
        NEW.status NOT IN ('done', 'removed'));
END;
CREATE TRIGGER aux_queue_remove AFTER DELETE ON queue BEGIN
    DELETE FROM aux_queue WHERE queue_id = OLD.id;
END;
CREATE TRIGGER aux_queue_edit AFTER UPDATE OF project_id, step, status, place, added_at ON queue BEGIN
    UPDATE aux_queue SET rank = coalesce(NEW.place, (SELECT instr('uhnl', substr(priority, 1, 1)) || ' ' || coalesce(due, '9999-12-31') || ' ' || NEW.added_at || printf(' %08d %05d', NEW.project_id, NEW.step)
        FROM project WHERE project.id = NEW.project_id), ''),
        open = NEW.status NOT IN ('done', 'removed') WHERE queue_id = NEW.id;
END;
-- An undo may bring a project back after its entries.
CREATE TRIGGER aux_queue_project_add AFTER INSERT ON project BEGIN
    UPDATE aux_queue SET rank = (SELECT coalesce(queue.place, (SELECT instr('uhnl', substr(priority, 1, 1)) || ' ' || coalesce(due, '9999-12-31') || ' ' || queue.added_at || printf(' %08d %05d', queue.project_id, queue.step)
        FROM project WHERE project.id = queue.project_id), '') FROM queue WHERE queue.id = queue_id)
    WHERE queue_id IN (SELECT id FROM queue WHERE project_id = NEW.id);
END;
CREATE TRIGGER aux_queue_project_edit AFTER UPDATE OF priority, due ON project BEGIN
    UPDATE aux_queue SET rank = (SELECT coalesce(queue.place, (SELECT instr('uhnl', substr(priority, 1, 1)) || ' ' || coalesce(due, '9999-12-31') || ' ' || queue.added_at || printf(' %08d %05d', queue.project_id, queue.step)
        FROM project WHERE project.id = queue.project_id), '') FROM queue WHERE queue.id = queue_id)
    WHERE queue_id IN (SELECT id FROM queue WHERE project_id = NEW.id);
END;

-- What is queued or in progress already is in the queue: each operation on the parts that share it, in the order of the parts. The operations
-- of an assembly come after those of its parts; without any, nothing is done to it.
CREATE TEMP TABLE queue_work AS
WITH own AS (
    SELECT part.id, part.project_id, part.position, coalesce(part.material_id, project.material_id) AS material_id,
        coalesce(part.thickness_um, project.thickness_um) AS thickness_um,
        coalesce(part.quantity, (SELECT sum(assembly.quantity * part_component.quantity) FROM part_component
            JOIN part AS assembly ON assembly.id = part_component.assembly_id WHERE part_component.part_id = part.id),
            iif((SELECT count(*) FROM part AS other WHERE other.project_id = part.project_id) = 1, project.quantity, NULL)) AS quantity,
        (SELECT coalesce(max((SELECT max(count(*), 1) FROM part_operation WHERE part_operation.part_id = part_component.part_id)), 0)
            FROM part_component WHERE part_component.assembly_id = part.id) AS base,
        EXISTS (SELECT 1 FROM part_component WHERE part_component.assembly_id = part.id) AS is_assembly
    FROM part JOIN project ON project.id = part.project_id WHERE project.status IN ('queued', 'in-progress')
)
SELECT project_id, own.id AS part_id, own.position, quantity, base + row_number() OVER (PARTITION BY own.id ORDER BY part_operation.position) AS level,
    part_operation.operation_id, material_id, thickness_um
FROM own JOIN part_operation ON part_operation.part_id = own.id
UNION ALL SELECT project_id, id, position, quantity, 1, NULL, material_id, thickness_um FROM own
WHERE NOT is_assembly AND NOT EXISTS (SELECT 1 FROM part_operation WHERE part_operation.part_id = own.id)
UNION ALL SELECT id, NULL, 1, quantity, 1, NULL, material_id, thickness_um FROM project
WHERE status IN ('queued', 'in-progress') AND NOT EXISTS (SELECT 1 FROM part WHERE part.project_id = project.id);

INSERT INTO queue (code, project_id, step, level, operation_id, material_id, thickness_um, machine_id, status, estimate_ms, added_at)
SELECT project.code || '/' || step, project.id, step, level, operation_id, steps.material_id, steps.thickness_um, operation.machine_id, 'queued',
    iif(cuts = 1 AND operation_id IS NULL, project.cut_time_ms, NULL), coalesce(
        (SELECT at FROM move WHERE move.project_id = project.id AND to_status = 'queued' ORDER BY move.position DESC LIMIT 1), project.created_at)
FROM (
    SELECT project_id, level, operation_id, material_id, thickness_um,
        row_number() OVER (PARTITION BY project_id ORDER BY level, min(position)) * 10 AS step,
        sum(operation_id IS NULL) OVER (PARTITION BY project_id) AS cuts
    FROM queue_work GROUP BY project_id, level, operation_id, material_id, thickness_um
) AS steps JOIN project ON project.id = steps.project_id LEFT JOIN operation ON operation.id = operation_id ORDER BY project.id, step;

INSERT INTO queue_part (queue_id, position, part_id, quantity)
SELECT queue.id, row_number() OVER (PARTITION BY queue.id ORDER BY queue_work.position), part_id, quantity
FROM queue JOIN queue_work ON queue_work.project_id = queue.project_id AND queue_work.level = queue.level
    AND queue_work.operation_id IS queue.operation_id AND queue_work.material_id IS queue.material_id
    AND queue_work.thickness_um IS queue.thickness_um
ORDER BY queue.id, queue_work.position;
DROP TABLE queue_work;

-- Since when a preset has its speed: what was estimated before says nothing about it.
ALTER TABLE preset ADD COLUMN speed_since TEXT;
