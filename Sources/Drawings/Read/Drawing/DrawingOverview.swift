// What was read of a file, whatever its format: a `Drawing`.
//
// Its names are numbers (`Names`), in which those that differ only in case are merged at the end (`NameMerging`). An `Entity` is a range
// of numbers in `Drawing.values`, in the file's own units and not placed anywhere yet. A layer may bring a `CutSetting`, and `Processes`
// tell by rules what is done along a line. `Note` says what was odd. `Numeral`, `Word`, `Codepage` and `FileSignature` read bytes for
// both formats.
