-- Stock: what is counted (`inv`), sheets and remnants one by one (`lot`), and each change of what is on hand (`movement`); who sells it
-- (`supplier`), what is on order (`purchase`), and what is reserved for projects (`reservation`).

CREATE TABLE supplier (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    code       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name       TEXT NOT NULL CONSTRAINT supplier_name_needed CHECK (trim(name) <> ''),
    supplies   TEXT,
    contact    TEXT,
    email      TEXT,
    phone      TEXT,
    address    TEXT,
    vat_number TEXT,
    account    TEXT,
    lead_days  INTEGER CONSTRAINT supplier_lead_days_range CHECK (lead_days BETWEEN 0 AND 3650),
    due_days   INTEGER CONSTRAINT supplier_due_days_range CHECK (due_days BETWEEN 0 AND 3650),
    terms      TEXT,
    active     INTEGER NOT NULL DEFAULT 1,
    notes      TEXT
) STRICT;
CREATE INDEX supplier_order ON supplier (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX supplier_name ON supplier (name COLLATE NOCASE);
CREATE INDEX supplier_email ON supplier (email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE INDEX supplier_emails ON supplier (id) WHERE instr(email, ',') > 0;
CREATE INDEX supplier_vat_number ON supplier (vat_number COLLATE NOCASE) WHERE vat_number IS NOT NULL;

-- What is counted. `level_millis` is the level at which it is ordered again, `order_millis` how much is ordered then. Material that a client
-- brought has no value and is used only for this client.
CREATE TABLE inv (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    code             TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name             TEXT NOT NULL CONSTRAINT inv_name_needed CHECK (trim(name) <> ''),
    category         TEXT COLLATE NOCASE,
    material_id      INTEGER REFERENCES material,
    thickness_um     INTEGER CONSTRAINT inv_thickness_above_zero CHECK (thickness_um > 0),
    size             TEXT,
    grade            TEXT,
    unit             TEXT NOT NULL,
    level_millis     INTEGER CONSTRAINT inv_level_not_negative CHECK (level_millis >= 0),
    order_millis     INTEGER CONSTRAINT inv_order_not_negative CHECK (order_millis >= 0),
    unit_cost_micros INTEGER CONSTRAINT inv_cost_not_negative CHECK (unit_cost_micros >= 0),
    supplier_id      INTEGER REFERENCES supplier,
    client_id        INTEGER REFERENCES client,
    location         TEXT COLLATE NOCASE,
    active           INTEGER NOT NULL DEFAULT 1,
    notes            TEXT
) STRICT;
CREATE INDEX inv_order ON inv (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX inv_name ON inv (name COLLATE NOCASE);
CREATE INDEX inv_category ON inv (category);
CREATE INDEX inv_material ON inv (material_id, thickness_um);
CREATE INDEX inv_thickness ON inv (thickness_um);
CREATE INDEX inv_location ON inv (location);
CREATE INDEX inv_supplier ON inv (supplier_id) WHERE supplier_id IS NOT NULL;
CREATE INDEX inv_client ON inv (client_id) WHERE client_id IS NOT NULL;

-- What a supplier sells or does: items and operations, under the supplier's own codes.
CREATE TABLE supplier_article (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    supplier_id  INTEGER NOT NULL REFERENCES supplier,
    position     INTEGER NOT NULL,
    inv_id       INTEGER REFERENCES inv,
    operation_id INTEGER REFERENCES operation,
    article      TEXT,
    price_micros INTEGER CONSTRAINT supplier_article_price_not_negative CHECK (price_micros >= 0),
    pack_millis  INTEGER CONSTRAINT supplier_article_pack_above_zero CHECK (pack_millis > 0),
    notes        TEXT
) STRICT;
CREATE INDEX supplier_article_supplier ON supplier_article (supplier_id, position);
CREATE INDEX supplier_article_inv ON supplier_article (inv_id) WHERE inv_id IS NOT NULL;
CREATE INDEX supplier_article_operation ON supplier_article (operation_id) WHERE operation_id IS NOT NULL;

-- A lot is a delivery of sheets of an item, which counts in that item, or a remnant, which is no sheet and belongs to none. `outline` is
-- the contour of a remnant that is no rectangle, followed by its windows; `size` is the box around it. `origin_id` is the lot that a remnant
-- was cut from.
CREATE TABLE lot (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind         TEXT NOT NULL,
    inv_id       INTEGER REFERENCES inv,
    origin_id    INTEGER REFERENCES lot,
    material_id  INTEGER REFERENCES material,
    thickness_um INTEGER CONSTRAINT lot_thickness_above_zero CHECK (thickness_um > 0),
    grade        TEXT,
    size         TEXT,
    outline      TEXT,
    area_mm2     INTEGER CONSTRAINT lot_area_above_zero CHECK (area_mm2 > 0),
    grain        TEXT,
    heat         TEXT COLLATE NOCASE,
    client_id    INTEGER REFERENCES client,
    location     TEXT COLLATE NOCASE,
    received_on  TEXT,
    notes        TEXT,
    CONSTRAINT lot_of_item CHECK (kind <> 'sheet' OR inv_id IS NOT NULL),
    CONSTRAINT lot_remnant_apart CHECK (kind <> 'remnant' OR inv_id IS NULL)
) STRICT;
CREATE INDEX lot_order ON lot (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX lot_inv ON lot (inv_id) WHERE inv_id IS NOT NULL;
CREATE INDEX lot_origin ON lot (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX lot_material ON lot (material_id, thickness_um);
CREATE INDEX lot_thickness ON lot (thickness_um);
CREATE INDEX lot_heat ON lot (heat) WHERE heat IS NOT NULL;
CREATE INDEX lot_client ON lot (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX lot_location ON lot (location);
CREATE INDEX lot_received ON lot (received_on);
CREATE INDEX lot_kind ON lot (kind);

-- The totals are unknown while the price of a line is; `paper` is what the PDF says beside the lines, kept when it is placed.
CREATE TABLE purchase (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT NOT NULL COLLATE NOCASE UNIQUE,
    supplier_id INTEGER NOT NULL REFERENCES supplier,
    status      TEXT NOT NULL DEFAULT 'draft',
    day         TEXT NOT NULL,
    expected_on TEXT,
    placed_on   TEXT,
    received_on TEXT,
    reference   TEXT,
    terms       TEXT,
    notes       TEXT,
    subtotal_cents INTEGER DEFAULT 0,
    vat_rate_bp INTEGER NOT NULL DEFAULT 0,
    vat_cents   INTEGER DEFAULT 0,
    total_cents INTEGER DEFAULT 0 CONSTRAINT purchase_total_sum CHECK (total_cents = subtotal_cents + vat_cents),
    paper       TEXT
) STRICT;
CREATE INDEX purchase_order ON purchase (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX purchase_supplier ON purchase (supplier_id);
CREATE INDEX purchase_status ON purchase (status, rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX purchase_live ON purchase (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code)
    WHERE status NOT IN ('received', 'cancelled');
CREATE INDEX purchase_day ON purchase (day);
CREATE INDEX purchase_expected ON purchase (expected_on);
CREATE INDEX purchase_total ON purchase (total_cents);

-- A line is of an item, or of an operation that somebody else does for a project. `open_millis` is what is still to come: nothing before the
-- purchase is placed, and nothing once the rest is cancelled. A price is for one unit.
CREATE TABLE purchase_line (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    purchase_id     INTEGER NOT NULL REFERENCES purchase,
    position        INTEGER NOT NULL,
    inv_id          INTEGER REFERENCES inv,
    operation_id    INTEGER REFERENCES operation,
    project_id      INTEGER REFERENCES project,
    title           TEXT NOT NULL,
    article         TEXT,
    quantity_millis INTEGER NOT NULL CONSTRAINT purchase_line_quantity_above_zero CHECK (quantity_millis > 0),
    price_micros    INTEGER CONSTRAINT purchase_line_price_not_negative CHECK (price_micros >= 0),
    total_cents     INTEGER,
    expected_on     TEXT,
    open_millis     INTEGER NOT NULL DEFAULT 0 CONSTRAINT purchase_line_open_not_negative CHECK (open_millis >= 0)
) STRICT;
CREATE INDEX purchase_line_purchase ON purchase_line (purchase_id, position);
CREATE INDEX purchase_line_inv ON purchase_line (inv_id) WHERE inv_id IS NOT NULL;
CREATE INDEX purchase_line_operation ON purchase_line (operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX purchase_line_project ON purchase_line (project_id) WHERE project_id IS NOT NULL;

-- What came of a line on a day, and the number of the delivery note.
CREATE TABLE purchase_receipt (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    line_id         INTEGER NOT NULL REFERENCES purchase_line,
    position        INTEGER NOT NULL,
    day             TEXT NOT NULL,
    quantity_millis INTEGER NOT NULL CONSTRAINT purchase_receipt_quantity_above_zero CHECK (quantity_millis > 0),
    reference       TEXT
) STRICT;
CREATE INDEX purchase_receipt_line ON purchase_receipt (line_id, position);

-- A change of what is on hand, of an item, of a lot, or of a lot and the item that it counts in; the quantity is negative for what goes out,
-- and 0 for a move to another place. `cost_micros` is what a unit cost, where that is known. Movements happened in the order of `day` and,
-- within a day, of their ids.
CREATE TABLE movement (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    inv_id          INTEGER REFERENCES inv,
    lot_id          INTEGER REFERENCES lot,
    kind            TEXT NOT NULL,
    day             TEXT NOT NULL,
    quantity_millis INTEGER NOT NULL,
    cost_micros     INTEGER CONSTRAINT movement_cost_not_negative CHECK (cost_micros >= 0),
    project_id      INTEGER REFERENCES project,
    supplier_id     INTEGER REFERENCES supplier,
    receipt_id      INTEGER REFERENCES purchase_receipt,
    location        TEXT,
    reason          TEXT,
    at              TEXT NOT NULL,
    who             TEXT,
    CONSTRAINT movement_of_something CHECK (inv_id IS NOT NULL OR lot_id IS NOT NULL)
) STRICT;
CREATE INDEX movement_inv ON movement (inv_id, lot_id, day);
CREATE INDEX movement_lot ON movement (lot_id, day) WHERE lot_id IS NOT NULL;
CREATE INDEX movement_day ON movement (day);
CREATE INDEX movement_project ON movement (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX movement_supplier ON movement (supplier_id) WHERE supplier_id IS NOT NULL;
CREATE INDEX movement_receipt ON movement (receipt_id) WHERE receipt_id IS NOT NULL;

-- What is put aside for a project: so much of an item, or a lot by name. It is no movement.
CREATE TABLE reservation (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id      INTEGER NOT NULL REFERENCES project,
    inv_id          INTEGER REFERENCES inv,
    lot_id          INTEGER REFERENCES lot,
    quantity_millis INTEGER NOT NULL CONSTRAINT reservation_quantity_above_zero CHECK (quantity_millis > 0),
    CONSTRAINT reservation_of_something CHECK (inv_id IS NOT NULL OR lot_id IS NOT NULL)
) STRICT;
CREATE INDEX reservation_project ON reservation (project_id);
CREATE INDEX reservation_inv ON reservation (inv_id) WHERE inv_id IS NOT NULL;
CREATE INDEX reservation_lot ON reservation (lot_id) WHERE lot_id IS NOT NULL;

-- What a movement made of the value, and what its item without lots, or its lot, came to after it: computed anew from the movements of that
-- item or lot whenever one of them is added before others, or goes.
CREATE TABLE aux_movement (
    id             INTEGER PRIMARY KEY,
    inv_id         INTEGER,
    lot_id         INTEGER,
    day            TEXT NOT NULL,
    change_cents   INTEGER NOT NULL,
    on_hand_millis INTEGER NOT NULL,
    value_cents    INTEGER NOT NULL
) STRICT;
CREATE INDEX aux_movement_inv ON aux_movement (inv_id, lot_id, day) WHERE inv_id IS NOT NULL;
CREATE INDEX aux_movement_lot ON aux_movement (lot_id, day) WHERE lot_id IS NOT NULL;

-- The sums of an item and of a lot, kept by triggers. An item is low when what is there and to come, less what is put aside, is not above its
-- level.
CREATE TABLE aux_inv (
    inv_id INTEGER PRIMARY KEY,
    level_millis INTEGER,
    active INTEGER,
    on_hand_millis INTEGER NOT NULL DEFAULT 0,
    reserved_millis INTEGER NOT NULL DEFAULT 0,
    on_order_millis INTEGER NOT NULL DEFAULT 0,
    value_cents INTEGER NOT NULL DEFAULT 0,
    low INTEGER GENERATED ALWAYS AS (coalesce(active AND level_millis > 0 AND on_hand_millis - reserved_millis + on_order_millis <= level_millis, 0)) STORED
) STRICT;
CREATE INDEX aux_inv_low ON aux_inv (inv_id) WHERE low = 1;
CREATE TABLE aux_lot (
    lot_id INTEGER PRIMARY KEY,
    code TEXT NOT NULL COLLATE NOCASE,
    on_hand_millis INTEGER NOT NULL DEFAULT 0 CONSTRAINT lot_on_hand_not_negative CHECK (on_hand_millis >= 0),
    reserved_millis INTEGER NOT NULL DEFAULT 0,
    value_cents INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Most lots that were ever kept are used up; lists show the others.
CREATE INDEX aux_lot_order ON aux_lot (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX aux_lot_there ON aux_lot (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code) WHERE on_hand_millis > 0;

CREATE TRIGGER inv_movement_add AFTER INSERT ON movement BEGIN
    UPDATE aux_inv SET on_hand_millis = on_hand_millis + NEW.quantity_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_movement_remove AFTER DELETE ON movement BEGIN
    UPDATE aux_inv SET on_hand_millis = on_hand_millis - OLD.quantity_millis WHERE inv_id = OLD.inv_id;
END;
CREATE TRIGGER inv_movement_edit AFTER UPDATE OF quantity_millis, inv_id ON movement BEGIN
    UPDATE aux_inv SET on_hand_millis = on_hand_millis - OLD.quantity_millis WHERE inv_id = OLD.inv_id;
    UPDATE aux_inv SET on_hand_millis = on_hand_millis + NEW.quantity_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_reservation_add AFTER INSERT ON reservation BEGIN
    UPDATE aux_inv SET reserved_millis = reserved_millis + NEW.quantity_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_reservation_remove AFTER DELETE ON reservation BEGIN
    UPDATE aux_inv SET reserved_millis = reserved_millis - OLD.quantity_millis WHERE inv_id = OLD.inv_id;
END;
CREATE TRIGGER inv_reservation_edit AFTER UPDATE OF quantity_millis, inv_id ON reservation BEGIN
    UPDATE aux_inv SET reserved_millis = reserved_millis - OLD.quantity_millis WHERE inv_id = OLD.inv_id;
    UPDATE aux_inv SET reserved_millis = reserved_millis + NEW.quantity_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_on_order_add AFTER INSERT ON purchase_line BEGIN
    UPDATE aux_inv SET on_order_millis = on_order_millis + NEW.open_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_on_order_remove AFTER DELETE ON purchase_line BEGIN
    UPDATE aux_inv SET on_order_millis = on_order_millis - OLD.open_millis WHERE inv_id = OLD.inv_id;
END;
CREATE TRIGGER inv_on_order_edit AFTER UPDATE OF open_millis, inv_id ON purchase_line BEGIN
    UPDATE aux_inv SET on_order_millis = on_order_millis - OLD.open_millis WHERE inv_id = OLD.inv_id;
    UPDATE aux_inv SET on_order_millis = on_order_millis + NEW.open_millis WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_value_add AFTER INSERT ON aux_movement BEGIN
    UPDATE aux_inv SET value_cents = value_cents + NEW.change_cents WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER inv_value_remove AFTER DELETE ON aux_movement BEGIN
    UPDATE aux_inv SET value_cents = value_cents - OLD.change_cents WHERE inv_id = OLD.inv_id;
END;
CREATE TRIGGER inv_value_edit AFTER UPDATE OF change_cents, inv_id ON aux_movement BEGIN
    UPDATE aux_inv SET value_cents = value_cents - OLD.change_cents WHERE inv_id = OLD.inv_id;
    UPDATE aux_inv SET value_cents = value_cents + NEW.change_cents WHERE inv_id = NEW.inv_id;
END;
CREATE TRIGGER aux_inv_add AFTER INSERT ON inv BEGIN
    INSERT INTO aux_inv (inv_id, level_millis, active, on_hand_millis, reserved_millis, on_order_millis, value_cents) VALUES (
        NEW.id, NEW.level_millis, NEW.active, (SELECT coalesce(sum(quantity_millis), 0) FROM movement WHERE inv_id = NEW.id), (SELECT coalesce(sum(quantity_millis), 0) FROM reservation WHERE inv_id = NEW.id), (SELECT coalesce(sum(open_millis), 0) FROM purchase_line WHERE inv_id = NEW.id), (SELECT coalesce(sum(change_cents), 0) FROM aux_movement WHERE inv_id = NEW.id));
END;
CREATE TRIGGER aux_inv_remove AFTER DELETE ON inv BEGIN
    DELETE FROM aux_inv WHERE inv_id = OLD.id;
END;
CREATE TRIGGER aux_inv_edit AFTER UPDATE OF level_millis, active ON inv BEGIN
    UPDATE aux_inv SET level_millis = NEW.level_millis, active = NEW.active WHERE inv_id = NEW.id;
END;
CREATE TRIGGER lot_movement_add AFTER INSERT ON movement BEGIN
    UPDATE aux_lot SET on_hand_millis = on_hand_millis + NEW.quantity_millis WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_movement_remove AFTER DELETE ON movement BEGIN
    UPDATE aux_lot SET on_hand_millis = on_hand_millis - OLD.quantity_millis WHERE lot_id = OLD.lot_id;
END;
CREATE TRIGGER lot_movement_edit AFTER UPDATE OF quantity_millis, lot_id ON movement BEGIN
    UPDATE aux_lot SET on_hand_millis = on_hand_millis - OLD.quantity_millis WHERE lot_id = OLD.lot_id;
    UPDATE aux_lot SET on_hand_millis = on_hand_millis + NEW.quantity_millis WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_reservation_add AFTER INSERT ON reservation BEGIN
    UPDATE aux_lot SET reserved_millis = reserved_millis + NEW.quantity_millis WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_reservation_remove AFTER DELETE ON reservation BEGIN
    UPDATE aux_lot SET reserved_millis = reserved_millis - OLD.quantity_millis WHERE lot_id = OLD.lot_id;
END;
CREATE TRIGGER lot_reservation_edit AFTER UPDATE OF quantity_millis, lot_id ON reservation BEGIN
    UPDATE aux_lot SET reserved_millis = reserved_millis - OLD.quantity_millis WHERE lot_id = OLD.lot_id;
    UPDATE aux_lot SET reserved_millis = reserved_millis + NEW.quantity_millis WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_value_add AFTER INSERT ON aux_movement BEGIN
    UPDATE aux_lot SET value_cents = value_cents + NEW.change_cents WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_value_remove AFTER DELETE ON aux_movement BEGIN
    UPDATE aux_lot SET value_cents = value_cents - OLD.change_cents WHERE lot_id = OLD.lot_id;
END;
CREATE TRIGGER lot_value_edit AFTER UPDATE OF change_cents, lot_id ON aux_movement BEGIN
    UPDATE aux_lot SET value_cents = value_cents - OLD.change_cents WHERE lot_id = OLD.lot_id;
    UPDATE aux_lot SET value_cents = value_cents + NEW.change_cents WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER aux_lot_add AFTER INSERT ON lot BEGIN
    INSERT INTO aux_lot (lot_id, code, on_hand_millis, reserved_millis, value_cents) VALUES (
        NEW.id, NEW.code, (SELECT coalesce(sum(quantity_millis), 0) FROM movement WHERE lot_id = NEW.id), (SELECT coalesce(sum(quantity_millis), 0) FROM reservation WHERE lot_id = NEW.id), (SELECT coalesce(sum(change_cents), 0) FROM aux_movement WHERE lot_id = NEW.id));
END;
CREATE TRIGGER aux_lot_remove AFTER DELETE ON lot BEGIN
    DELETE FROM aux_lot WHERE lot_id = OLD.id;
END;
CREATE TRIGGER aux_lot_edit AFTER UPDATE OF code ON lot BEGIN
    UPDATE aux_lot SET code = NEW.code WHERE lot_id = NEW.id;
END;

-- The remnant that a line was priced from.
ALTER TABLE quote_line ADD COLUMN lot_id INTEGER REFERENCES lot;
CREATE INDEX quote_line_lot ON quote_line (lot_id) WHERE lot_id IS NOT NULL;

ALTER TABLE move ADD COLUMN purchase_id INTEGER REFERENCES purchase;
CREATE INDEX move_purchase ON move (purchase_id, position) WHERE purchase_id IS NOT NULL;

ALTER TABLE file ADD COLUMN inv_id INTEGER REFERENCES inv;
ALTER TABLE file ADD COLUMN lot_id INTEGER REFERENCES lot;
ALTER TABLE file ADD COLUMN supplier_id INTEGER REFERENCES supplier;
ALTER TABLE file ADD COLUMN purchase_id INTEGER REFERENCES purchase;
CREATE INDEX file_inv ON file (inv_id, name) WHERE inv_id IS NOT NULL;
CREATE INDEX file_lot ON file (lot_id, name) WHERE lot_id IS NOT NULL;
CREATE INDEX file_supplier ON file (supplier_id, name) WHERE supplier_id IS NOT NULL;
CREATE INDEX file_purchase ON file (purchase_id, name) WHERE purchase_id IS NOT NULL;
