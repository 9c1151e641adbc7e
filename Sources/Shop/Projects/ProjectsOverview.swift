// The life of a job, from request to delivery.
//
// `Project` declares the noun. `Cycle` has its transitions (`ProjectCycle`, `ProjectPayment` those that depend on money, `OfferDays` the
// days of offers and holds); what they need is asked of `ProjectFacts`. Quotes, invoices and payments move their project in
// `QuotedProject`, `Expiry` does what the passing of days demands, and `ProjectStage` says where the work stands.
//
// A project consists of `Parts`, which attached drawings (`AttachedParts`) and accepted quotes (`OrderedParts`) make. Their figures are
// computed from the rows that they follow from (`PartFigures`). In `Deliveries`, `Delivering` plans and stores a `Delivery`, and `Settling`
// alone decides whether a project is delivered, after whatever may change that.
//
// `Repeats` makes a project again, linked to the first. In `Next`, `NextRules` is the table of what to do next, of which `NextStep` makes
// one statement. In `Days`, `Calendar` finds the days of projects, `ICalendar` writes them as a file, and `Revisions` numbers its versions.
