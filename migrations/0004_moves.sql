-- Every transition of a record's state is a row: of a quote, an invoice or a project.
--
-- `position` counts the transitions of a record. A transition that does not change the state, such as a hold, has the same state twice.
-- `at` and `who` are NULL where nobody recorded them.
CREATE TABLE move (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_id    INTEGER REFERENCES quote,
    invoice_id  INTEGER REFERENCES invoice,
    project_id  INTEGER REFERENCES project,
    position    INTEGER NOT NULL,
    verb        TEXT NOT NULL,
    from_status TEXT,
    to_status   TEXT NOT NULL,
    at          TEXT,
    who         TEXT,
    reason      TEXT,
    forced      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX move_quote ON move (quote_id, position) WHERE quote_id IS NOT NULL;
CREATE INDEX move_invoice ON move (invoice_id, position) WHERE invoice_id IS NOT NULL;
CREATE INDEX move_project ON move (project_id, position) WHERE project_id IS NOT NULL;

-- The transitions of existing records, as far as their days tell them. Noon in UTC is within the day in nearly every time zone.
INSERT INTO move (quote_id, position, verb, from_status, to_status, at)
SELECT id, 1, 'send', 'draft', 'sent', sent_on || 'T12:00:00.000Z' FROM quote WHERE status <> 'draft'
UNION ALL
SELECT id, 2, CASE status WHEN 'accepted' THEN 'accept' WHEN 'rejected' THEN 'reject' ELSE 'expire' END, 'sent', status,
    answered_on || 'T12:00:00.000Z'
FROM quote WHERE status IN ('accepted', 'rejected', 'expired')
ORDER BY 1, 2;

INSERT INTO move (invoice_id, position, verb, from_status, to_status, at)
SELECT id, 1, 'issue', 'draft', 'open', issued_on || 'T12:00:00.000Z' FROM invoice WHERE number IS NOT NULL ORDER BY 1;

INSERT INTO move (project_id, position, verb, from_status, to_status, at, reason)
SELECT project, row_number() OVER steps, verb, lag(status, 1, 'request') OVER steps, status, day || 'T12:00:00.000Z', reason FROM (
    SELECT id AS project, 1 AS step, 'offer' AS verb, 'quote' AS status, quoted_on AS day, NULL AS reason FROM project
    WHERE quoted_on IS NOT NULL AND status <> 'request'
    UNION ALL
    SELECT id, 2, iif(pop_received_on IS NULL, 'approve', 'pop'), 'approved', coalesce(approved_on, pop_received_on), NULL FROM project
    WHERE coalesce(approved_on, pop_received_on) IS NOT NULL AND status NOT IN ('request', 'quote')
    UNION ALL
    SELECT id, 3, CASE status WHEN 'quote' THEN 'offer' WHEN 'approved' THEN 'approve' WHEN 'queued' THEN 'queue'
        WHEN 'in-progress' THEN 'start' WHEN 'completed' THEN 'complete' WHEN 'cancelled' THEN 'cancel' ELSE 'import' END,
        status, iif(status = 'completed', completed_on, NULL), iif(status = 'cancelled', cancel_reason, NULL) FROM project
    WHERE status <> 'request' AND NOT (status = 'quote' AND quoted_on IS NOT NULL)
        AND NOT (status = 'approved' AND coalesce(approved_on, pop_received_on) IS NOT NULL)
) WINDOW steps AS (PARTITION BY project ORDER BY step) ORDER BY project, step;

UPDATE project SET can_reinstate = 1 WHERE status = 'cancelled' AND can_reinstate = 0;

-- `account` for a client who does not pay before work begins, and when a client was reminded of a quote.
ALTER TABLE client ADD COLUMN terms TEXT;
ALTER TABLE quote ADD COLUMN reminded_on TEXT;
