// From a measurement to its defects.
//
// `Drawing.check` examines one kind of defect after the other (`Checking`, with extensions in the `Check...` files). Each is reported as a
// `Defect` with its place, size and consequence. Searches have their own types: `NarrowSearch` for webs and slots, `CurveOverlaps` for
// curves that lie on others, `OpenCrossings` for crossings of open contours, `CentreMarks`, `Slits` and `Strays` for lines that are not
// defects in their context. A `DefectGroup` combines several defects of one kind.
