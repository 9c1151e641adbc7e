// What every target speaks of: amounts, days, lengths, texts, listings and failures.
//
// A value that is typed is `Readable`, one that is shown is `Presentable`, and one that is kept is `Stored` (in `Store`): a field of a
// noun is all three. Amounts are whole cents, rates millionths, lengths micrometres; `Decimal` is the one place that reads and writes
// decimals. An answer is a `Listing`: headings, and rows of `DisplayValue`s that are made as they are walked. What goes wrong is a
// `Failure` with its kind (the exit code), its area (its id) and a hint.
