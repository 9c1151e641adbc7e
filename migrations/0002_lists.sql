-- Indexes from which lists are read in their order, however many records are closed.
--
-- A partial index contains what a plain list shows, in the order of the list. It also serves to find projects by status: closed projects
-- are found by reading the whole list, and so are projects of normal priority, because nearly all are. An import of projects maintains one
-- more index, and two fewer.

DROP INDEX project_status;
DROP INDEX project_priority;
CREATE INDEX project_priority ON project (priority) WHERE priority <> 'normal';
CREATE INDEX project_live ON project (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code)
    WHERE status NOT IN ('completed', 'cancelled');

DROP INDEX quote_status;
CREATE INDEX quote_status ON quote (status, rtrim(code, '0123456789') COLLATE NOCASE, length(code), code);
CREATE INDEX quote_live ON quote (rtrim(code, '0123456789') COLLATE NOCASE, length(code), code)
    WHERE status NOT IN ('rejected', 'expired');

-- Drafts of invoices are listed in the order of their codes, open invoices in the order of their numbers. (The sign prevents SQLite from
-- searching for drafts in the index of the numbers, after which it would have to sort them.)
CREATE INDEX invoice_draft ON invoice (rtrim(draft, '0123456789') COLLATE NOCASE, length(draft), draft) WHERE +number IS NULL;
ALTER TABLE aux_invoice ADD COLUMN number TEXT COLLATE NOCASE;
UPDATE aux_invoice SET number = (SELECT number FROM invoice WHERE id = invoice_id);
DROP INDEX aux_invoice_open;
CREATE INDEX aux_invoice_open ON aux_invoice (open, rtrim(number, '0123456789') COLLATE NOCASE, length(number), number);
DROP TRIGGER invoice_issue;
CREATE TRIGGER aux_invoice_add AFTER UPDATE OF number ON invoice WHEN NEW.number IS NOT NULL AND OLD.number IS NULL BEGIN
    INSERT INTO aux_invoice (invoice_id, total_cents, number, paid_cents) VALUES (
        NEW.id, NEW.total_cents, NEW.number, (SELECT coalesce(sum(amount_cents), 0) FROM allocation WHERE invoice_id = NEW.id));
END;
