# shellcheck shell=bash disable=SC2154
# Alterations by other programs: cells of the data file, and a drawing that is truncated while it is read.

sample=$(python3 "$here/sweep/cells.py" "$laseros" --sample 2>&1)
check "a sample of extreme cells" 0 $?
grep '^not ok' <<<"$sample"
check "extreme cells were tried" 1 "$(grep -cE '^[0-9]{3,} cells, [0-9]{4,} runs$' <<<"$sample")"

# The drawing is read completely or refused; the program is never killed by a signal.
{
    printf '0\nSECTION\n2\nENTITIES\n'
    seq 0 600000 | sed 's/.*/0\nLINE\n8\n0\n10\n&.25\n20\n1.5\n11\n&.75\n21\n2.5/'
    printf '0\nENDSEC\n0\nEOF\n'
} >cut.dxf
ended=
for delay in 0.002 0.005 0.01 0.02 0.05 0.1; do
    cp cut.dxf short.dxf
    "$laseros" dxf info short.dxf >/dev/null 2>&1 &
    sleep $delay
    truncate -s 5000 short.dxf
    wait $!
    code=$?
    [ "$code" -le 8 ] || ended="$ended $code"
done
check "a drawing that is cut short while it is read" "" "$ended"
