-- The data of a shop.
--
-- Every table is journalled but those whose name begins with journal, aux_ or own_: what a command does to its rows is kept as one
-- changeset, and can be undone. aux_ tables hold what is computed from other rows or from files, and counters; own_ tables are the user's.
-- Codes that end in numbers are listed in the order of these, CL-9999 before CL-10000: the *_order indexes.
-- A journalled row refers to no aux_ row, has an id that is never used again, and shares no value that could swap with another row's,
-- beside codes and numbers: a changeset is turned back row by row.
-- A number has its unit at the end of its name: cents, um (micrometres), ms (milliseconds), bp (hundredths of a percent), micros
-- (millionths of the currency), millis (thousandths). A day is YYYY-MM-DD, a moment is in UTC.
-- The name of a CHECK and the text of a RAISE are keys: Sources/Shop/Rules.swift has the sentence for each.

-- The history: one entry a command, its changeset in parts, and which rows of which tables it touched.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    words     TEXT NOT NULL,
    sentence  TEXT NOT NULL,
    schema    INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    digest    TEXT NOT NULL,
    previous  TEXT NOT NULL,
    hash      TEXT NOT NULL,
    undoes    INTEGER REFERENCES journal,
    undone_by INTEGER REFERENCES journal
) STRICT;
CREATE INDEX journal_who ON journal (who, id);

CREATE TABLE journal_part (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    part  INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (entry, part)
) STRICT;

CREATE TABLE journal_table (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL REFERENCES journal,
    name    TEXT NOT NULL,
    lowest  INTEGER NOT NULL,
    highest INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    made    INTEGER
) STRICT;
CREATE INDEX journal_table_name ON journal_table (name, entry);
CREATE INDEX journal_table_entry ON journal_table (entry);

-- The columns of the journalled tables in their order, a JSON array, by the version of the schema: changesets know columns by place only.
CREATE TABLE journal_schema (
    id      INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    columns TEXT NOT NULL,
    UNIQUE (version, name)
) STRICT;

-- Numbers that were given are never given again, not even after an undo.
CREATE TABLE aux_counter (
    series TEXT NOT NULL PRIMARY KEY,
    value  INTEGER NOT NULL
) STRICT;

-- Names with letters beyond ASCII, and what they are found by: `muller` for `Müller`. The key is made from the name alone, and a name
-- stays when nothing has it any more: an undo that brings it back needs no other row. Names in ASCII are found as they are.
CREATE TABLE aux_name (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    key  TEXT NOT NULL
) STRICT;
CREATE INDEX aux_name_key ON aux_name (key);

CREATE TABLE setting (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

-- What was given a name: filters of lists, and how the columns of somebody's files are called here.
CREATE TABLE filter (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    code  TEXT NOT NULL COLLATE NOCASE UNIQUE,
    noun  TEXT NOT NULL,
    name  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX filter_order ON filter (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX filter_noun ON filter (noun, kind, name);
CREATE INDEX filter_kind ON filter (kind);

CREATE TABLE client (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    code       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name       TEXT NOT NULL CONSTRAINT client_name_needed CHECK (trim(name) <> ''),
    contact    TEXT,
    email      TEXT,
    phone      TEXT,
    address    TEXT,
    vat_number TEXT,
    notes      TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX client_order ON client (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX client_name ON client (name COLLATE NOCASE);
CREATE INDEX client_created ON client (created_at);

CREATE TABLE contact (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    code      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    client_id INTEGER NOT NULL REFERENCES client,
    name      TEXT NOT NULL,
    role      TEXT,
    email     TEXT,
    phone     TEXT,
    notes     TEXT
) STRICT;
CREATE INDEX contact_order ON contact (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX contact_client ON contact (client_id);
CREATE INDEX contact_name ON contact (name COLLATE NOCASE);

CREATE TABLE material (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    code          TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name          TEXT NOT NULL,
    aliases       TEXT,
    density_kg_m3 INTEGER NOT NULL CONSTRAINT material_density_range CHECK (density_kg_m3 BETWEEN 100 AND 25000),
    kerf_um       INTEGER NOT NULL DEFAULT 150 CONSTRAINT material_kerf_range CHECK (kerf_um BETWEEN 0 AND 5000),
    notes         TEXT
) STRICT;
CREATE INDEX material_order ON material (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX material_name ON material (name COLLATE NOCASE);

CREATE TABLE machine (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    code              TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name              TEXT NOT NULL,
    bed               TEXT,
    power_w           INTEGER CONSTRAINT machine_power_range CHECK (power_w BETWEEN 1 AND 1000000),
    hourly_rate_cents INTEGER CONSTRAINT machine_rate_not_negative CHECK (hourly_rate_cents >= 0),
    active            INTEGER NOT NULL DEFAULT 1,
    notes             TEXT
) STRICT;
CREATE INDEX machine_order ON machine (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX machine_name ON machine (name COLLATE NOCASE);

CREATE TABLE price (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    code          TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind          TEXT NOT NULL,
    key           TEXT NOT NULL COLLATE NOCASE,
    thickness_um  INTEGER,
    size          TEXT,
    amount_micros INTEGER NOT NULL CONSTRAINT price_amount_not_negative CHECK (amount_micros >= 0),
    valid_from    TEXT NOT NULL,
    supplier      TEXT,
    notes         TEXT
) STRICT;
CREATE INDEX price_order ON price (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX price_key ON price (kind, key, thickness_um, size, valid_from);
CREATE INDEX price_from ON price (valid_from);
CREATE INDEX price_name ON price (key);
CREATE INDEX price_thickness ON price (thickness_um);

CREATE TABLE preset (
    id                         INTEGER PRIMARY KEY AUTOINCREMENT,
    code                       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name                       TEXT NOT NULL COLLATE NOCASE,
    material_id                INTEGER NOT NULL REFERENCES material,
    thickness_um               INTEGER CONSTRAINT preset_thickness_above_zero CHECK (thickness_um > 0),
    machine_id                 INTEGER REFERENCES machine,
    description                TEXT,
    nozzle                     TEXT,
    cut_speed_um_min           INTEGER CONSTRAINT preset_cut_speed_above_zero CHECK (cut_speed_um_min > 0),
    nozzle_height_um           INTEGER,
    gas                        TEXT,
    gas_pressure_millibar      INTEGER,
    peak_power_milliwatt       INTEGER,
    actual_power_milliwatt     INTEGER,
    duty_cycle_millipercent    INTEGER,
    pulse_frequency_millihertz INTEGER,
    beam_width_um              INTEGER,
    focus_um                   INTEGER,
    laser_on_delay_ms          INTEGER,
    laser_off_delay_ms         INTEGER,
    pierce_time_ms             INTEGER,
    pierce_power_milliwatt     INTEGER,
    corner_power_milliwatt     INTEGER,
    active                     INTEGER NOT NULL DEFAULT 1,
    notes                      TEXT
) STRICT;
CREATE INDEX preset_order ON preset (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX preset_name ON preset (name);
CREATE INDEX preset_material ON preset (material_id, thickness_um);
CREATE INDEX preset_machine ON preset (machine_id);
CREATE INDEX preset_thickness ON preset (thickness_um);

CREATE TABLE project (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    code               TEXT NOT NULL COLLATE NOCASE UNIQUE,
    client_id          INTEGER NOT NULL REFERENCES client,
    name               TEXT NOT NULL,
    description        TEXT,
    status             TEXT NOT NULL DEFAULT 'request',
    priority           TEXT NOT NULL DEFAULT 'normal',
    material_id        INTEGER REFERENCES material,
    thickness_um       INTEGER CONSTRAINT project_thickness_above_zero CHECK (thickness_um > 0),
    quantity           INTEGER CONSTRAINT project_quantity_above_zero CHECK (quantity > 0),
    sheet_size         TEXT,
    sheets             INTEGER CONSTRAINT project_sheets_not_negative CHECK (sheets >= 0),
    bends              INTEGER CONSTRAINT project_bends_not_negative CHECK (bends >= 0),
    cut_time_ms        INTEGER,
    drawing_time_ms    INTEGER,
    due                TEXT,
    quoted_on          TEXT,
    quote_expires_on   TEXT,
    quote_reminded_on  TEXT,
    approved_on        TEXT,
    pop_received_on    TEXT,
    pop_deadline       TEXT,
    scheduled_on       TEXT,
    target_on          TEXT,
    completed_on       TEXT,
    notified_on        TEXT,
    delivered_on       TEXT,
    quoted_price_cents INTEGER,
    final_price_cents  INTEGER,
    held_on            TEXT,
    hold_reason        TEXT,
    cancel_reason      TEXT,
    can_reinstate      INTEGER NOT NULL DEFAULT 0,
    notes              TEXT,
    created_at         TEXT NOT NULL
) STRICT;
CREATE INDEX project_order ON project (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX project_client ON project (client_id);
CREATE INDEX project_status ON project (status, due);
CREATE INDEX project_material ON project (material_id);
CREATE INDEX project_due ON project (due);
CREATE INDEX project_name ON project (name COLLATE NOCASE);
CREATE INDEX project_created ON project (created_at);
CREATE INDEX project_thickness ON project (thickness_um);
CREATE INDEX project_priority ON project (priority);

-- What was measured of a drawing, by the SHA-256 of its bytes: true of them whoever attached or priced them first.
CREATE TABLE aux_drawing (
    id             INTEGER PRIMARY KEY,
    sha256         TEXT NOT NULL UNIQUE,
    geometry       TEXT,
    width_um       INTEGER NOT NULL,
    height_um      INTEGER NOT NULL,
    cut_length_um  INTEGER NOT NULL,
    pierces        INTEGER NOT NULL,
    net_area_mm2   REAL NOT NULL,
    gross_area_mm2 REAL NOT NULL,
    open_contours  INTEGER NOT NULL,
    crossings      INTEGER NOT NULL
) STRICT;
CREATE INDEX aux_drawing_geometry ON aux_drawing (geometry);

-- Files of records: the bytes are kept under files/ by their SHA-256.
CREATE TABLE file (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER REFERENCES project,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    added_at   TEXT NOT NULL
) STRICT;
CREATE INDEX file_project ON file (project_id, name);
CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE quote (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT NOT NULL COLLATE NOCASE UNIQUE,
    client_id   INTEGER NOT NULL REFERENCES client,
    project_id  INTEGER REFERENCES project,
    status      TEXT NOT NULL DEFAULT 'draft',
    day         TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    sent_on     TEXT,
    answered_on TEXT,
    reference   TEXT,
    notes       TEXT,
    terms       TEXT,
    version     INTEGER NOT NULL DEFAULT 1,
    total_cents INTEGER NOT NULL DEFAULT 0,
    paper       TEXT
) STRICT;
CREATE INDEX quote_order ON quote (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX quote_client ON quote (client_id);
CREATE INDEX quote_project ON quote (project_id);
CREATE INDEX quote_status ON quote (status);
CREATE INDEX quote_day ON quote (day);
CREATE INDEX quote_total ON quote (total_cents);

CREATE TABLE quote_version (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_id       INTEGER NOT NULL REFERENCES quote,
    version        INTEGER NOT NULL,
    made_at        TEXT NOT NULL,
    subtotal_cents INTEGER NOT NULL,
    vat_rate_bp    INTEGER NOT NULL,
    vat_cents      INTEGER NOT NULL,
    total_cents    INTEGER NOT NULL CONSTRAINT quote_version_total_sum CHECK (total_cents = subtotal_cents + vat_cents)
) STRICT;
CREATE INDEX quote_version_quote ON quote_version (quote_id, version);

-- `drawing` is the SHA-256 of the drawing that was priced. `total_cents` is what the terms come to; the unit price, for `unit_price_per`
-- pieces, is the shortest decimal that gives it.
CREATE TABLE quote_line (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id        INTEGER NOT NULL REFERENCES quote_version,
    position          INTEGER NOT NULL,
    title             TEXT NOT NULL,
    drawing           TEXT,
    file_name         TEXT,
    width_um          INTEGER,
    height_um         INTEGER,
    material_id       INTEGER REFERENCES material,
    thickness_um      INTEGER,
    finish            TEXT,
    quantity_millis   INTEGER NOT NULL CONSTRAINT quote_line_quantity_above_zero CHECK (quantity_millis > 0),
    unit_price_micros INTEGER NOT NULL,
    unit_price_per    INTEGER NOT NULL CONSTRAINT quote_line_per_above_zero CHECK (unit_price_per > 0),
    total_cents       INTEGER NOT NULL,
    sources           TEXT
) STRICT;
CREATE INDEX quote_line_version ON quote_line (version_id, position);
CREATE INDEX quote_line_drawing ON quote_line (drawing);
CREATE INDEX quote_line_material ON quote_line (material_id);

CREATE TABLE quote_term (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    line_id      INTEGER NOT NULL REFERENCES quote_line,
    position     INTEGER NOT NULL,
    name         TEXT NOT NULL,
    basis        TEXT NOT NULL,
    amount_cents INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_term_line ON quote_term (line_id, position);

-- `draft` names an invoice until `number` does; the number is given when it is issued. `paper` is what the PDF says beside the lines, kept
-- when a customer gets it; a quote keeps it when it is sent.
CREATE TABLE invoice (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    draft          TEXT NOT NULL COLLATE NOCASE UNIQUE,
    number         TEXT COLLATE NOCASE UNIQUE,
    client_id      INTEGER NOT NULL REFERENCES client,
    project_id     INTEGER REFERENCES project,
    quote_id       INTEGER REFERENCES quote,
    day            TEXT NOT NULL,
    issued_on      TEXT,
    due            TEXT,
    reference      TEXT,
    terms          TEXT,
    notes          TEXT,
    subtotal_cents INTEGER NOT NULL,
    vat_rate_bp    INTEGER NOT NULL,
    vat_cents      INTEGER NOT NULL,
    total_cents    INTEGER NOT NULL CONSTRAINT invoice_total_sum CHECK (total_cents = subtotal_cents + vat_cents),
    paper          TEXT
) STRICT;
CREATE INDEX invoice_client ON invoice (client_id);
CREATE INDEX invoice_project ON invoice (project_id);
CREATE INDEX invoice_quote ON invoice (quote_id);
CREATE INDEX invoice_day ON invoice (day);
CREATE INDEX invoice_due ON invoice (due);
CREATE INDEX invoice_issued ON invoice (issued_on);
CREATE INDEX invoice_total ON invoice (total_cents);
CREATE INDEX invoice_code ON invoice (coalesce(number, draft) COLLATE NOCASE);
CREATE INDEX invoice_order ON invoice (
    rtrim(coalesce(number, draft), '0123456789') COLLATE NOCASE, length(coalesce(number, draft)), coalesce(number, draft) COLLATE NOCASE);

CREATE TABLE invoice_line (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice_id        INTEGER NOT NULL REFERENCES invoice,
    position          INTEGER NOT NULL,
    title             TEXT NOT NULL,
    details           TEXT,
    quote_line_id     INTEGER REFERENCES quote_line,
    quantity_millis   INTEGER NOT NULL CONSTRAINT invoice_line_quantity_above_zero CHECK (quantity_millis > 0),
    unit_price_micros INTEGER NOT NULL,
    unit_price_per    INTEGER NOT NULL CONSTRAINT invoice_line_per_above_zero CHECK (unit_price_per > 0),
    total_cents       INTEGER NOT NULL
) STRICT;
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id, position);
CREATE INDEX invoice_line_quote_line ON invoice_line (quote_line_id);

-- Money that came in from a client; what it pays, allocations say.
CREATE TABLE payment (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    client_id    INTEGER NOT NULL REFERENCES client,
    day          TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT payment_amount_above_zero CHECK (amount_cents > 0),
    method       TEXT,
    reference    TEXT
) STRICT;
CREATE INDEX payment_client ON payment (client_id);
CREATE INDEX payment_day ON payment (day);

-- What lowers the balance of an invoice, from the day on. It comes from one source: today a payment; every other kind of source gets a
-- column of its own. Taking one back is a row with a negative amount, so that the balance of any earlier day stays what it was.
CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    payment_id   INTEGER REFERENCES payment,
    invoice_id   INTEGER NOT NULL REFERENCES invoice,
    day          TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT allocation_amount_not_zero CHECK (amount_cents <> 0)
) STRICT;
CREATE INDEX allocation_payment ON allocation (payment_id);
CREATE INDEX allocation_invoice ON allocation (invoice_id);

-- What is paid of each issued invoice: kept by triggers, so that a sum is never added up a row at a time.
CREATE TABLE aux_invoice (
    invoice_id  INTEGER PRIMARY KEY,
    total_cents INTEGER NOT NULL,
    paid_cents  INTEGER NOT NULL DEFAULT 0 CONSTRAINT invoice_overpaid CHECK (paid_cents BETWEEN 0 AND total_cents),
    open        INTEGER GENERATED ALWAYS AS (paid_cents < total_cents) STORED
) STRICT;
CREATE INDEX aux_invoice_open ON aux_invoice (open);

CREATE TRIGGER invoice_issue AFTER UPDATE OF number ON invoice WHEN NEW.number IS NOT NULL AND OLD.number IS NULL BEGIN
    INSERT INTO aux_invoice (invoice_id, total_cents) VALUES (NEW.id, NEW.total_cents);
END;
CREATE TRIGGER allocation_add AFTER INSERT ON allocation BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents + NEW.amount_cents WHERE invoice_id = NEW.invoice_id;
END;
CREATE TRIGGER allocation_remove AFTER DELETE ON allocation BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents - OLD.amount_cents WHERE invoice_id = OLD.invoice_id;
END;
CREATE TRIGGER allocation_edit AFTER UPDATE OF amount_cents, invoice_id ON allocation BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents - OLD.amount_cents WHERE invoice_id = OLD.invoice_id;
    UPDATE aux_invoice SET paid_cents = paid_cents + NEW.amount_cents WHERE invoice_id = NEW.invoice_id;
END;

-- What a customer and the tax office have seen stays as it was, whoever asks: undo too.
CREATE TRIGGER invoice_keep BEFORE UPDATE ON invoice WHEN OLD.number IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;
CREATE TRIGGER invoice_stay BEFORE DELETE ON invoice WHEN OLD.number IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;
CREATE TRIGGER invoice_line_keep BEFORE UPDATE ON invoice_line WHEN (SELECT number FROM invoice WHERE id = OLD.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;
CREATE TRIGGER invoice_line_stay BEFORE DELETE ON invoice_line WHEN (SELECT number FROM invoice WHERE id = OLD.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;
CREATE TRIGGER invoice_line_late BEFORE INSERT ON invoice_line WHEN (SELECT number FROM invoice WHERE id = NEW.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;
CREATE TRIGGER quote_invoiced BEFORE UPDATE OF status ON quote WHEN NEW.status IS NOT OLD.status
    AND EXISTS (SELECT 1 FROM invoice WHERE quote_id = OLD.id AND number IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'quote_invoiced');
END;
CREATE TRIGGER allocation_early BEFORE INSERT ON allocation WHEN (SELECT number FROM invoice WHERE id = NEW.invoice_id) IS NULL BEGIN
    SELECT RAISE(ABORT, 'allocation_invoice_draft');
END;
