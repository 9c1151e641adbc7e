// The life of a job, from request to delivery.
//
// `Project` declares the noun and `ProjectCycle` its transitions (`ProjectPayment` those that depend on money, `OfferDays` the days of
// offers and holds). What a transition needs is asked of `ProjectFacts`. Quotes, invoices and payments move their project in
// `QuotedProject`; `Expiry` does what the passing of days demands.
//
// A project consists of parts (`ProjectPart`), which attached drawings and accepted quotes make (`ProjectParts`, `OrderedParts`). Their
// figures are computed from the rows that they follow from (`PartFigures`). `Delivering` plans and stores a `Delivery`, and `Settling`
// alone decides whether a project is delivered, after whatever may change that. `ProjectStage` says where the work stands.
//
// `MadeProject` repeats and remakes a project, which `Origin` links to the first. `NextRules` is the table of what to do next; `NextStep`
// makes one statement of it. `Calendar` finds the days of projects, `ICalendar` writes them as a file, and `Revisions` numbers its
// versions.
