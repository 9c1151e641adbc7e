// From a drawing to its numbers.
//
// `Drawing.measure` expands what is asked for (`Lines`), chains it to contours (`Contours`) and sums up: a `Measurement` holds the numbers
// of `dxf info` and all that a check, a comparison or a picture goes on from. `ProcessMeasure`, `Repeats` and `Overlaps` are steps of
// that. What only some commands ask is worked out when they do: `Hole`, `Roundness`, `Sensitivity`, `FlatContour`, `ProcessParts`.
// `OpenChords` and `Parting` tell what open contours end on. `PartContents` is the tree of parts with the lines that
// lie in each; `HolderSearch` finds those.
