// From a drawing to its measurements.
//
// `Drawing.measure` expands the drawing (`Lines`), chains it to contours (`Contours`) and computes a `Measurement`, which contains the
// numbers of `dxf info` and the data for checks, comparisons and pictures. `ProcessMeasure`, `Repeats` and `Overlaps` are steps of it.
// `Hole`, `Roundness`, `Sensitivity`, `FlatContour` and `ProcessParts` are computed on demand, because only some commands need them.
// `OpenChords` and `Parting` determine what open contours end on.
