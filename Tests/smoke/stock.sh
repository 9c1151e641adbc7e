# shellcheck shell=bash disable=SC2154
# Two hundred processes that move stock at once: no movement is lost and none is done twice.

run "$laseros" init store
"$laseros" client add Crowd --shop store >/dev/null
"$laseros" project add Job --client CL-0001 --shop store >/dev/null
"$laseros" inv add SHEET 'Mild steel 3 mm' --shop store >/dev/null
"$laseros" inv receive SHEET 100 --cost 10 --lot --shop store >/dev/null
words=('receive SHEET 3 --cost 12.50' 'use SHEET 2 --project job' 'use LOT-0001 1 --project job' 'waste LOT-0001 1.5 bent')
millis=(3000 -2000 -1000 -1500)
pids=()
began=$(now)
for i in {1..200}; do
    # shellcheck disable=SC2086
    "$laseros" inv ${words[i % 4]} --shop store >/dev/null 2>&1 &
    pids+=($!)
done
there=100000 stored=4 refused=0 other=0
for i in {1..200}; do
    wait "${pids[i - 1]}"
    case $? in
    0) there=$((there + millis[i % 4])) stored=$((stored + 1)) ;;
    # The lot held too little for those that came last.
    4) refused=$((refused + 1)) ;;
    *) other=$((other + 1)) ;;
    esac
done
echo "200 movements at once: $((($(now) - began) / 1000)) ms, $refused refused"
check "200 movements: other failures" 0 $other
check "200 movements: entries" $stored "$(sqlite3 store/laseros.db 'SELECT count(*) FROM journal')"
check "200 movements: on hand" $there "$(sqlite3 store/laseros.db 'SELECT on_hand_millis FROM aux_inv')"
check "200 movements: a lot below nothing" 0 \
    "$(sqlite3 store/laseros.db 'SELECT count(*) FROM aux_movement WHERE lot_id = 1 AND on_hand_millis < 0')"
sound "200 movements" store
