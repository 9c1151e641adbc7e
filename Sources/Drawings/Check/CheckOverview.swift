// From a measurement to its defects.
//
// `Drawing.check` checks for one kind of defect after the other (`Checking`, and its extensions in the `Check...` files). Each check adds a
// `Defect` with its place, size and consequence. Defects that need a search have a type of their own: `NarrowSearch` for webs and slots,
// `CurveOverlaps` for curves on other curves, `OpenCrossings` for contours that an open contour crosses. `CentreMarks`, `Slits` and
// `Strays` find lines that are intended and would be defects otherwise. Each defect names its edges; `PassingEdges` finds them for defects
// that were found in chords. A `DefectGroup` is one row for many defects of one kind.
