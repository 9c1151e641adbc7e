-- The history: one entry a command, its changeset in parts, and which rows of which tables it touched.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'upgrade', 'checkpoint')),
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
CREATE TABLE counter (
    series TEXT PRIMARY KEY,
    value  INTEGER NOT NULL
) STRICT;

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
    kind  TEXT NOT NULL CHECK (kind IN ('filter', 'map')),
    words TEXT NOT NULL
) STRICT;
CREATE INDEX filter_noun ON filter (noun, kind, name);
CREATE INDEX filter_kind ON filter (kind);

CREATE TABLE client (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    code       TEXT NOT NULL COLLATE NOCASE UNIQUE CONSTRAINT "a code has 1 to 40 characters and no blanks" CHECK (length(code) BETWEEN 1 AND 40 AND code NOT GLOB '* *'),
    name       TEXT NOT NULL CONSTRAINT "a client needs a name" CHECK (trim(name) <> ''),
    contact    TEXT,
    email      TEXT,
    phone      TEXT,
    address    TEXT,
    vat_number TEXT,
    notes      TEXT,
    created_at TEXT NOT NULL
) STRICT;
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
CREATE INDEX contact_client ON contact (client_id);
CREATE INDEX contact_name ON contact (name COLLATE NOCASE);

CREATE TABLE material (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    code    TEXT NOT NULL COLLATE NOCASE UNIQUE CONSTRAINT "a code has 1 to 40 characters and no blanks" CHECK (length(code) BETWEEN 1 AND 40 AND code NOT GLOB '* *'),
    name    TEXT NOT NULL,
    aliases TEXT,
    density INTEGER NOT NULL CONSTRAINT "a density lies between 0.1 and 25 g/cm3" CHECK (density BETWEEN 100 AND 25000),
    kerf_um INTEGER NOT NULL DEFAULT 150 CONSTRAINT "a kerf lies between 0 and 5 mm" CHECK (kerf_um BETWEEN 0 AND 5000),
    notes   TEXT
) STRICT;
CREATE INDEX material_name ON material (name COLLATE NOCASE);

CREATE TABLE machine (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    code              TEXT NOT NULL COLLATE NOCASE UNIQUE CONSTRAINT "a code has 1 to 40 characters and no blanks" CHECK (length(code) BETWEEN 1 AND 40 AND code NOT GLOB '* *'),
    name              TEXT NOT NULL,
    bed               TEXT,
    power_w           INTEGER CONSTRAINT "a machine's power lies between 1 W and 1 MW" CHECK (power_w BETWEEN 1 AND 1000000),
    hourly_rate_cents INTEGER CONSTRAINT "a rate is not negative" CHECK (hourly_rate_cents >= 0),
    active            INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    notes             TEXT
) STRICT;
CREATE INDEX machine_name ON machine (name COLLATE NOCASE);

CREATE TABLE price (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('material-kg', 'material-sheet', 'machine-hour', 'gas', 'finishing')),
    key          TEXT NOT NULL COLLATE NOCASE,
    thickness_um INTEGER,
    size         TEXT,
    amount       INTEGER NOT NULL CONSTRAINT "a price is not negative" CHECK (amount >= 0),
    valid_from   TEXT NOT NULL,
    supplier     TEXT,
    notes        TEXT
) STRICT;
CREATE UNIQUE INDEX price_key ON price (kind, key, coalesce(thickness_um, -1), coalesce(size, ''), valid_from);
CREATE INDEX price_from ON price (valid_from);
CREATE INDEX price_name ON price (key);
CREATE INDEX price_thickness ON price (thickness_um);

CREATE TABLE preset (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    code              TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name              TEXT NOT NULL COLLATE NOCASE,
    material_id       INTEGER NOT NULL REFERENCES material,
    thickness_um      INTEGER NOT NULL CONSTRAINT "a thickness is above 0" CHECK (thickness_um > 0),
    machine_id        INTEGER REFERENCES machine,
    description       TEXT,
    nozzle            TEXT,
    cut_speed         INTEGER CONSTRAINT "a cutting speed is above 0" CHECK (cut_speed > 0),
    nozzle_height_um  INTEGER,
    gas               TEXT CHECK (gas IN ('oxygen', 'nitrogen', 'air')),
    gas_pressure      INTEGER,
    peak_power        INTEGER,
    actual_power      INTEGER,
    duty_cycle        INTEGER,
    pulse_frequency   INTEGER,
    beam_width_um     INTEGER,
    focus             INTEGER,
    laser_on_delay_ms INTEGER,
    laser_off_delay_ms INTEGER,
    pierce_time_ms    INTEGER,
    pierce_power      INTEGER,
    corner_power      INTEGER,
    active            INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    notes             TEXT
) STRICT;
CREATE INDEX preset_name ON preset (name);
CREATE INDEX preset_material ON preset (material_id, thickness_um);
CREATE INDEX preset_machine ON preset (machine_id);
CREATE INDEX preset_thickness ON preset (thickness_um);

CREATE TABLE project (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    code               TEXT NOT NULL COLLATE NOCASE UNIQUE CONSTRAINT "a code has 1 to 40 characters and no blanks" CHECK (length(code) BETWEEN 1 AND 40 AND code NOT GLOB '* *'),
    client_id          INTEGER NOT NULL REFERENCES client,
    name               TEXT NOT NULL,
    description        TEXT,
    status             TEXT NOT NULL DEFAULT 'request' CHECK (status IN ('request', 'quote', 'approved', 'queued', 'in-progress', 'completed', 'cancelled')),
    priority           TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    material_id        INTEGER REFERENCES material,
    thickness_um       INTEGER CONSTRAINT "a thickness is above 0" CHECK (thickness_um > 0),
    quantity           INTEGER CONSTRAINT "a quantity is above 0" CHECK (quantity > 0),
    sheet_size         TEXT,
    sheets             INTEGER CONSTRAINT "a number of sheets is not negative" CHECK (sheets >= 0),
    bends              INTEGER CONSTRAINT "a number of bends is not negative" CHECK (bends >= 0),
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
    can_reinstate      INTEGER NOT NULL DEFAULT 0 CHECK (can_reinstate IN (0, 1)),
    notes              TEXT,
    created_at         TEXT NOT NULL
) STRICT;
CREATE INDEX project_client ON project (client_id);
CREATE INDEX project_status ON project (status, due);
CREATE INDEX project_material ON project (material_id);
CREATE INDEX project_due ON project (due);
CREATE INDEX project_name ON project (name COLLATE NOCASE);
CREATE INDEX project_created ON project (created_at);
CREATE INDEX project_thickness ON project (thickness_um);
CREATE INDEX project_priority ON project (priority);

-- A drawing is known by its bytes; what was measured of it is kept for every place that uses it.
CREATE TABLE drawing (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256        TEXT NOT NULL UNIQUE,
    geometry      TEXT,
    width_um      INTEGER NOT NULL,
    height_um     INTEGER NOT NULL,
    cut_length_um INTEGER NOT NULL,
    pierces       INTEGER NOT NULL,
    net_area_mm2  REAL NOT NULL,
    gross_area_mm2 REAL NOT NULL,
    open_contours INTEGER NOT NULL,
    crossings     INTEGER NOT NULL
) STRICT;
CREATE INDEX drawing_geometry ON drawing (geometry);

CREATE TABLE file (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('drawing', 'quote', 'invoice', 'payment', 'delivery', 'image', 'other')),
    bytes      INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    added_at   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX file_project ON file (project_id, name);
CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE quote (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT NOT NULL COLLATE NOCASE UNIQUE,
    client_id   INTEGER NOT NULL REFERENCES client,
    project_id  INTEGER REFERENCES project,
    status      TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'accepted', 'rejected', 'expired')),
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
    vat_rate       INTEGER NOT NULL,
    vat_cents      INTEGER NOT NULL,
    total_cents    INTEGER NOT NULL CONSTRAINT "a total is the subtotal and its VAT" CHECK (total_cents = subtotal_cents + vat_cents)
) STRICT;
CREATE INDEX quote_version_quote ON quote_version (quote_id, version);

CREATE TABLE quote_line (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id       INTEGER NOT NULL REFERENCES quote_version,
    position         INTEGER NOT NULL,
    title            TEXT NOT NULL,
    drawing_id       INTEGER REFERENCES drawing,
    file_name        TEXT,
    width_um         INTEGER,
    height_um        INTEGER,
    material_id      INTEGER REFERENCES material,
    thickness_um     INTEGER,
    finish           TEXT,
    quantity         INTEGER NOT NULL CONSTRAINT "a quantity is above 0" CHECK (quantity > 0),
    unit_price_cents INTEGER NOT NULL,
    total_cents      INTEGER NOT NULL CONSTRAINT "a line is its quantity times its unit price" CHECK (total_cents = quantity * unit_price_cents),
    sources          TEXT
) STRICT;
CREATE INDEX quote_line_version ON quote_line (version_id, position);
CREATE INDEX quote_line_drawing ON quote_line (drawing_id);
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
    due            TEXT NOT NULL,
    reference      TEXT,
    terms          TEXT,
    notes          TEXT,
    subtotal_cents INTEGER NOT NULL,
    vat_rate       INTEGER NOT NULL,
    vat_cents      INTEGER NOT NULL,
    total_cents    INTEGER NOT NULL CONSTRAINT "a total is the subtotal and its VAT" CHECK (total_cents = subtotal_cents + vat_cents),
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

CREATE TABLE invoice_line (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    invoice_id       INTEGER NOT NULL REFERENCES invoice,
    position         INTEGER NOT NULL,
    title            TEXT NOT NULL,
    details          TEXT,
    quote_line_id    INTEGER REFERENCES quote_line,
    quantity         INTEGER NOT NULL CONSTRAINT "a quantity is above 0" CHECK (quantity > 0),
    unit_price_cents INTEGER NOT NULL,
    total_cents      INTEGER NOT NULL CONSTRAINT "a line is its quantity times its unit price" CHECK (total_cents = quantity * unit_price_cents)
) STRICT;
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id, position);
CREATE INDEX invoice_line_quote_line ON invoice_line (quote_line_id);

CREATE TABLE payment (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    invoice_id   INTEGER NOT NULL REFERENCES invoice,
    day          TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CONSTRAINT "a payment is above 0" CHECK (amount_cents > 0),
    method       TEXT,
    reference    TEXT
) STRICT;
CREATE INDEX payment_invoice ON payment (invoice_id);
CREATE INDEX payment_day ON payment (day);

-- What is paid of each issued invoice: kept by triggers, so that a sum is never added up a row at a time.
CREATE TABLE aux_invoice (
    invoice_id  INTEGER PRIMARY KEY,
    total_cents INTEGER NOT NULL,
    paid_cents  INTEGER NOT NULL DEFAULT 0 CONSTRAINT "more is paid than the invoice asks for" CHECK (paid_cents BETWEEN 0 AND total_cents),
    open        INTEGER GENERATED ALWAYS AS (paid_cents < total_cents) STORED
) STRICT;
CREATE INDEX aux_invoice_open ON aux_invoice (open);

CREATE TRIGGER invoice_issue AFTER UPDATE OF number ON invoice WHEN NEW.number IS NOT NULL AND OLD.number IS NULL BEGIN
    INSERT INTO aux_invoice (invoice_id, total_cents) VALUES (NEW.id, NEW.total_cents);
END;
CREATE TRIGGER payment_add AFTER INSERT ON payment BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents + NEW.amount_cents WHERE invoice_id = NEW.invoice_id;
END;
CREATE TRIGGER payment_remove AFTER DELETE ON payment BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents - OLD.amount_cents WHERE invoice_id = OLD.invoice_id;
END;
CREATE TRIGGER payment_edit AFTER UPDATE OF amount_cents, invoice_id ON payment BEGIN
    UPDATE aux_invoice SET paid_cents = paid_cents - OLD.amount_cents WHERE invoice_id = OLD.invoice_id;
    UPDATE aux_invoice SET paid_cents = paid_cents + NEW.amount_cents WHERE invoice_id = NEW.invoice_id;
END;

-- What a customer and the tax office have seen stays as it was, whoever asks: undo too.
CREATE TRIGGER invoice_keep BEFORE UPDATE ON invoice WHEN OLD.number IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'an issued invoice stays as it is: it takes a credit note');
END;
CREATE TRIGGER invoice_stay BEFORE DELETE ON invoice WHEN OLD.number IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'an issued invoice stays as it is: it takes a credit note');
END;
CREATE TRIGGER invoice_line_keep BEFORE UPDATE ON invoice_line WHEN (SELECT number FROM invoice WHERE id = OLD.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'an issued invoice stays as it is: it takes a credit note');
END;
CREATE TRIGGER invoice_line_stay BEFORE DELETE ON invoice_line WHEN (SELECT number FROM invoice WHERE id = OLD.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'an issued invoice stays as it is: it takes a credit note');
END;
CREATE TRIGGER invoice_line_late BEFORE INSERT ON invoice_line WHEN (SELECT number FROM invoice WHERE id = NEW.invoice_id) IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'an issued invoice stays as it is: it takes a credit note');
END;
CREATE TRIGGER quote_invoiced BEFORE UPDATE OF status ON quote WHEN NEW.status IS NOT OLD.status
    AND EXISTS (SELECT 1 FROM invoice WHERE quote_id = OLD.id AND number IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'a quote with an issued invoice stays as it was accepted: the invoice takes a credit note');
END;
CREATE TRIGGER payment_early BEFORE INSERT ON payment WHEN (SELECT number FROM invoice WHERE id = NEW.invoice_id) IS NULL BEGIN
    SELECT RAISE(ABORT, 'only an issued invoice can be paid');
END;
