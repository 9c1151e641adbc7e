-- What a shop knows of its clients, its products, files of any record, and the index by which words find them.

-- The delivery address differs from the postal one. `due_days` and `discount_bp` are the client's own terms; NULL leaves them to the shop.
-- The habits of a client's drawings, which take precedence over the shop's rules: which layers and colours are cut, the unit of drawings
-- that name none, and how the names of files are built.
ALTER TABLE client ADD COLUMN delivery_address TEXT;
ALTER TABLE client ADD COLUMN due_days INTEGER CONSTRAINT client_due_days_range CHECK (due_days BETWEEN 0 AND 3650);
ALTER TABLE client ADD COLUMN discount_bp INTEGER CONSTRAINT client_discount_range CHECK (discount_bp BETWEEN 0 AND 10000);
ALTER TABLE client ADD COLUMN archived_on TEXT;
ALTER TABLE client ADD COLUMN drawing_processes TEXT;
ALTER TABLE client ADD COLUMN drawing_unit TEXT;
ALTER TABLE client ADD COLUMN file_pattern TEXT;
CREATE INDEX client_live ON client (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code) WHERE archived_on IS NULL;
CREATE INDEX client_archived ON client (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code) WHERE archived_on IS NOT NULL;
-- By these a client is recognised who is there already. Few have several addresses.
CREATE INDEX client_email ON client (email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE INDEX client_emails ON client (id) WHERE instr(email, ',') > 0;
CREATE INDEX client_vat_number ON client (vat_number COLLATE NOCASE) WHERE vat_number IS NOT NULL;

-- The codes of clients that were merged into another, by which that one is found.
CREATE TABLE client_code (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL REFERENCES client,
    code      TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;
CREATE INDEX client_code_client ON client_code (client_id);

-- The person whom a document is addressed to.
ALTER TABLE quote ADD COLUMN contact_id INTEGER REFERENCES contact;
CREATE INDEX quote_contact ON quote (contact_id) WHERE contact_id IS NOT NULL;
ALTER TABLE invoice ADD COLUMN contact_id INTEGER REFERENCES contact;
CREATE INDEX invoice_contact ON invoice (contact_id) WHERE contact_id IS NOT NULL;

-- An issued invoice follows its client into another when the two are merged; its paper keeps the name.
DROP TRIGGER invoice_keep;
CREATE TRIGGER invoice_keep
BEFORE UPDATE OF id, draft, number, project_id, quote_id, day, issued_on, due, reference, terms, notes, subtotal_cents, vat_rate_bp,
    vat_cents, total_cents, paper, contact_id ON invoice
WHEN OLD.number IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'invoice_issued');
END;

-- The catalogue: templates of parts, with a price by quantity. The code is the SKU.
CREATE TABLE product (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name         TEXT NOT NULL CONSTRAINT product_name_needed CHECK (trim(name) <> ''),
    category     TEXT COLLATE NOCASE,
    description  TEXT,
    material_id  INTEGER REFERENCES material,
    thickness_um INTEGER CONSTRAINT product_thickness_above_zero CHECK (thickness_um > 0),
    active       INTEGER NOT NULL DEFAULT 1,
    notes        TEXT
) STRICT;
CREATE INDEX product_order ON product (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX product_name ON product (name COLLATE NOCASE);
CREATE INDEX product_material ON product (material_id, thickness_um);
CREATE INDEX product_thickness ON product (thickness_um);
CREATE INDEX product_category ON product (category);

-- The price of one piece from a quantity on.
CREATE TABLE product_price (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id   INTEGER NOT NULL REFERENCES product,
    quantity     INTEGER NOT NULL CONSTRAINT product_price_quantity_above_zero CHECK (quantity > 0),
    price_micros INTEGER NOT NULL CONSTRAINT product_price_not_negative CHECK (price_micros >= 0)
) STRICT;
CREATE INDEX product_price_product ON product_price (product_id, quantity);

-- The operations of a product in their order, as of a part.
CREATE TABLE product_operation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id   INTEGER NOT NULL REFERENCES product,
    position     INTEGER NOT NULL,
    operation_id INTEGER REFERENCES operation
) STRICT;
CREATE INDEX product_operation_product ON product_operation (product_id, position);
CREATE INDEX product_operation_operation ON product_operation (operation_id);

ALTER TABLE part ADD COLUMN product_id INTEGER REFERENCES product;
CREATE INDEX part_product ON part (product_id) WHERE product_id IS NOT NULL;

-- A drawing of a client with habits of its own is measured by these; `measured_as` names that row, where NULL stands for the row of the
-- bytes by the rules of the shop.
ALTER TABLE aux_drawing ADD COLUMN processes TEXT;
ALTER TABLE aux_drawing ADD COLUMN unit TEXT;
ALTER TABLE file ADD COLUMN measured_as TEXT;

-- A file belongs to one record. One of a part belongs to the project of the part, too.
ALTER TABLE file ADD COLUMN part_id INTEGER REFERENCES part;
ALTER TABLE file ADD COLUMN client_id INTEGER REFERENCES client;
ALTER TABLE file ADD COLUMN product_id INTEGER REFERENCES product;
ALTER TABLE file ADD COLUMN quote_id INTEGER REFERENCES quote;
ALTER TABLE file ADD COLUMN invoice_id INTEGER REFERENCES invoice;
ALTER TABLE file ADD COLUMN delivery_id INTEGER REFERENCES delivery;
ALTER TABLE file ADD COLUMN material_id INTEGER REFERENCES material;
ALTER TABLE file ADD COLUMN machine_id INTEGER REFERENCES machine;
CREATE INDEX file_part ON file (part_id) WHERE part_id IS NOT NULL;
CREATE INDEX file_client ON file (client_id, name) WHERE client_id IS NOT NULL;
CREATE INDEX file_product ON file (product_id, name) WHERE product_id IS NOT NULL;
CREATE INDEX file_quote ON file (quote_id, name) WHERE quote_id IS NOT NULL;
CREATE INDEX file_invoice ON file (invoice_id, name) WHERE invoice_id IS NOT NULL;
CREATE INDEX file_delivery ON file (delivery_id, name) WHERE delivery_id IS NOT NULL;
CREATE INDEX file_material ON file (material_id, name) WHERE material_id IS NOT NULL;
CREATE INDEX file_machine ON file (machine_id, name) WHERE machine_id IS NOT NULL;

-- The search index: which documents hold which words. A document is a row of a searched table; its number is that of the table in the
-- upper bits and the id of the row below. It holds the words alone (no text, no columns, no places), because the rows hold the text.
-- The large hash makes an import write each of its terms once.
CREATE VIRTUAL TABLE aux_search USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii');
INSERT INTO aux_search (aux_search, rank) VALUES ('hashsize', 8388608);
-- Its words with the number of their documents, and with each document.
CREATE VIRTUAL TABLE aux_search_word USING fts5vocab('aux_search', 'row');
CREATE VIRTUAL TABLE aux_search_entry USING fts5vocab('aux_search', 'instance');

-- The searched tables with the names and the places of their columns, separated by blanks, as the documents were made from them.
CREATE TABLE aux_searched (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    columns TEXT NOT NULL,
    places  TEXT NOT NULL
) STRICT;
