// The types that every target uses: amounts, days, lengths, texts, listings and failures.
//
// A value that users type is `Readable`, one that is printed `Presentable`, and one that is stored `Stored` (in `Store`); a field of a noun
// is all three. Amounts are whole cents, rates millionths, lengths micrometres; only `Decimal` reads and writes decimals. A command returns
// a `Listing`: headings, and rows of `DisplayValue`s that are computed during the iteration. An error is a `Failure` with its kind (the
// exit code), its area (the id) and a hint.
