// From a measurement to its faults.
//
// `Drawing.check` goes through the kinds of fault one after the other (`Checking`, and its extensions in the `Check...` files), each of
// which adds a `Defect` with its place, size and consequence. What has to be searched for has a type of its own: `NarrowSearch` for webs
// and slots, `CurveOverlaps` for what lies on other curves, `OpenCrossings` for what open contours cross, `CentreMarks`, `Slits` and
// `Strays` for what explains lines that would be faults otherwise. Each defect names the edges that it is about; where it was found in
// chords `PassingEdges` tells which they are. A `DefectGroup` is many faults of one kind told as one.
