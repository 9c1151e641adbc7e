// Recognises equal parts, and finds the differences between two versions of a drawing.
//
// A `Figure` is the unit of comparison: the curves of a drawing or of one contour, with an `ArcPath` for each contour. An index in the
// shop's database finds its `Fingerprint`. `Same` aligns two figures by a `Rigid` map (rotation, translation, reflection) that `Spectrum`
// and `ReferenceFigure` find. A `Revision` matches the contours of two measurements (`Matching`), after an `Alignment` of the newer drawing
// with the older one. `ComparisonSize` refuses comparisons that need too much memory.
