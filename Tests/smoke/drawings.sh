# shellcheck shell=bash disable=SC2154
# Drawings that keep a search busy: it is stopped, and the place is named.

# entities AWK: prints a drawing of the entities that an AWK program prints.
entities() { awk "BEGIN { print \"0\nSECTION\n2\nENTITIES\"; $1; print \"0\nENDSEC\n0\nEOF\" }"; }

# stopped NAME KIND SENTENCE: checks that `dxf check` names what it did not look at, with a place within the drawing, in a minute of CPU and
# 512 MiB.
stopped() {
    /usr/bin/time -q -f '%M %U' -o "$work/took" "$laseros" dxf check "$1.dxf" --csv --fields kind,x_mm,y_mm,message >"$work/out" 2>"$work/said"
    check "$1: an answer" 1 $(($? < 2))
    check "$1: $2 with its place" 1 "$(($(grep -Ec "^$2,-?[0-9.]+,-?[0-9.]+,.*$3" "$work/out") > 0))"
    check "$1: less than 512 MiB and a minute" 1 "$(awk '{ print ($1 < 524288 && $2 < 60) }' "$work/took")"
}

# A zigzag aslant: the boxes of all its strokes overlap, and no two strokes meet.
entities 'print "0\nPOLYLINE\n8\n0\n66\n1\n70\n1"
    for (i = 0; i < 7003; i++) {
        x = i < 7000 ? i * 0.05 : i == 7000 ? 360 : 0; y = i < 7000 ? (i % 2) * 400 : -10
        if (i < 7002) printf "0\nVERTEX\n8\n0\n10\n%.6f\n20\n%.6f\n", (x - y) * 0.7071, (x + y) * 0.7071
    }
    print "0\nSEQEND"' >zigzag.dxf
stopped zigzag damaged 'which are holes is not told'
# Circles of 100 mm in a heap of 2 mm: each crosses every other.
entities 'for (i = 0; i < 20000; i++)
    printf "0\nCIRCLE\n8\n0\n10\n%.3f\n20\n%.3f\n40\n50\n", (i % 141) * 0.013, int(i / 141) * 0.017' >heap.dxf
stopped heap damaged 'which are holes is not told'
# Rings 0.02 mm apart.
entities 'for (i = 0; i < 20000; i++) printf "0\nCIRCLE\n8\n0\n10\n0\n20\n0\n40\n%.4f\n", 100 + i * 0.02' >rings.dxf
stopped rings not-checked 'not all webs and slots'
# Lines from one place, two of which are never far apart.
entities 'for (i = 0; i < 40000; i++)
    printf "0\nLINE\n8\n0\n10\n0\n20\n0\n11\n%.5f\n21\n%.5f\n", 100 * cos(i * 0.000157), 100 * sin(i * 0.000157)' >fan.dxf
stopped fan not-checked 'not all that open contours cross'
