-- Deliveries: what of a project was handed over on one day. A delivery without lines is of a project without parts.
CREATE TABLE delivery (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT NOT NULL COLLATE NOCASE UNIQUE,
    project_id  INTEGER NOT NULL REFERENCES project,
    day         TEXT NOT NULL,
    final       INTEGER NOT NULL DEFAULT 0,
    received_by TEXT,
    notes       TEXT
) STRICT;
CREATE INDEX delivery_order ON delivery (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX delivery_project ON delivery (project_id, day);
CREATE INDEX delivery_day ON delivery (day);

CREATE TABLE delivery_line (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id INTEGER NOT NULL REFERENCES delivery,
    position    INTEGER NOT NULL,
    part_id     INTEGER NOT NULL REFERENCES part,
    quantity    INTEGER NOT NULL CONSTRAINT delivery_line_quantity_above_zero CHECK (quantity > 0)
) STRICT;
CREATE INDEX delivery_line_delivery ON delivery_line (delivery_id, position);
CREATE INDEX delivery_line_part ON delivery_line (part_id);

-- Completed projects that the client has not got, in the order of a list.
CREATE INDEX project_collect ON project (status, rtrim(code, '0123456789') COLLATE NOCASE, length(code), code)
WHERE status = 'completed' AND delivered_on IS NULL;

-- When the customer brought the material of a part.
ALTER TABLE part ADD COLUMN material_received_on TEXT;

-- Who looks after a project, and the project that it repeats or remakes. A remake has the fault that made it necessary and what it costs.
ALTER TABLE project ADD COLUMN owner TEXT;
ALTER TABLE project ADD COLUMN origin_id INTEGER REFERENCES project;
ALTER TABLE project ADD COLUMN origin_kind TEXT;
ALTER TABLE project ADD COLUMN fault TEXT;
ALTER TABLE project ADD COLUMN fault_cost_cents INTEGER CONSTRAINT project_fault_cost_not_negative CHECK (fault_cost_cents >= 0);
CREATE INDEX project_owner ON project (owner) WHERE owner IS NOT NULL;
CREATE INDEX project_origin ON project (origin_id) WHERE origin_id IS NOT NULL;

-- Days by which projects are found. Most projects have none of them, or are finished.
CREATE INDEX project_completed ON project (completed_on) WHERE completed_on IS NOT NULL;
CREATE INDEX project_delivered ON project (delivered_on) WHERE delivered_on IS NOT NULL;
CREATE INDEX project_deadline ON project (pop_deadline)
    WHERE pop_deadline IS NOT NULL AND status NOT IN ('completed', 'cancelled');
CREATE INDEX project_expiry ON project (quote_expires_on)
    WHERE quote_expires_on IS NOT NULL AND status NOT IN ('completed', 'cancelled');
CREATE INDEX project_scheduled ON project (scheduled_on)
    WHERE scheduled_on IS NOT NULL AND status NOT IN ('completed', 'cancelled');
CREATE INDEX move_cancelled ON move (at) WHERE to_status = 'cancelled';
