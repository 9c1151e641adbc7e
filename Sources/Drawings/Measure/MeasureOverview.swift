// From a drawing to its numbers.
//
// `Drawing.measure` expands the requested lines (`Lines`), chains them to contours (`Contours`) and adds up their lengths and areas. The
// result is a `Measurement`: the numbers of `dxf info`, and the input of checks, comparisons and pictures. `ProcessMeasure`, `Repeats` and
// `Overlaps` are steps of it. Values that few commands need are computed on demand: `Hole`, `Roundness`, `Sensitivity`, `FlatContour`,
// `ProcessParts`. `OpenChords` and `Parting` find the contours at which open contours end. `PartContents` is the tree of parts with the
// lines in each; `HolderSearch` finds these lines.
