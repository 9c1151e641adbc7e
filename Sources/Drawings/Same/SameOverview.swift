// Whether two drawings are the same part, and what differs between two versions of one.
//
// A `Figure` is what is compared: the curves of a drawing or of one contour, as an `ArcPath` each. Its `Fingerprint` is found by an index in a shop's files;
// `Same` lays two figures on each other, turned, moved or mirrored by a `Rigid` map that `Spectrum` and `ReferenceFigure` find. A
// `Revision` pairs the contours of two measurements (`Matching`), the newer one laid on the older by an `Alignment`. `ComparisonSize`
// refuses what would take too much memory.
