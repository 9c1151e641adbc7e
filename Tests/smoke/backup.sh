# shellcheck shell=bash disable=SC2154
# Backups while others write, restores in their midst, and forty nights of cron.

cd "${memory:-$work}" || exit 1
export LASEROS_SHOP=$PWD/saved
run "$laseros" init saved
"$laseros" client add Shared >/dev/null
"$laseros" project add Gate --client shared >/dev/null
printf 'a note\n' >kept-note.txt
"$laseros" project attach last kept-note.txt >/dev/null

# write N: adds clients until the file `stop` is there, and notes the names of those that were stored.
write() {
    local i=0
    while [ ! -e stop ]; do
        i=$((i + 1))
        "$laseros" client add "Writer $1 $i" -q >/dev/null 2>>"said-$1" && echo "Writer $1 $i" >>"stored-$1"
    done
}

: >stored-1; : >stored-2; : >stored-3
for i in 1 2 3; do write $i & done
bad=0
for _ in 1 2 3 4 5 6 7 8; do "$laseros" backup create >>made 2>&1 || bad=$((bad + 1)); done
touch stop
wait
check "backups under writers: failures" 0 $bad
check "backups under writers: silent" "" "$(cat made)"
check "backups under writers: made" 8 "$(find saved/backups -name '*.tar.zst' | wc -l)"
run "$laseros" backup verify saved/backups/*.tar.zst
check "backups under writers: verified" "0 8 backups are whole" "$code $out"
check "backups under writers: each is later than the one before" sorted \
    "$("$laseros" backup list --csv --no-header --fields entries | sort -n -r -c -u 2>&1 && echo sorted)"
check "backups under writers: nothing of them is left" "" "$(find saved -name '.laseros-*')"

# Two at once: the second waits.
flock saved/backups sleep 1 &
sleep 0.2
began=$(now)
run "$laseros" backup create
check "a backup beside another" "0 waited" "$code $([ $(($(now) - began)) -gt 500000 ] && echo waited)"
wait

# A restore in the midst of writers: each client that was stored is in the data from before, or in the restored shop.
rm -f stop stored-* said-*
for i in 1 2 3; do
    : >stored-$i
    write $i &
done
sleep 0.3
run "$laseros" backup restore last
check "a restore under writers" "0 restored" "$code ${out%% *}"
sleep 0.3
touch stop
wait
for kept in saved/laseros.db saved/laseros.db.before-restore-*; do sqlite3 "$kept" "SELECT name FROM client"; done | sort -u >found
check "a restore under writers: each stored something" 3 "$(find . -maxdepth 1 -name 'stored-*' -size +0 | wc -l)"
check "a restore under writers: no stored client is lost" "" "$(sort -u stored-* | comm -23 - found)"
check "a restore under writers: nobody is refused" "" "$(cat said-* | grep -v 'has the same name')"
sound "a restore under writers" saved

# A damaged shop is restored, with the journal that a killed writer has left; its data is kept.
cp -R saved torn
head -c 3000 /dev/urandom >torn/laseros.db
printf 'hot' >torn/laseros.db-journal
last=$("$laseros" backup list --csv --no-header --fields path | head -n 1)
run "$laseros" backup restore "$last" --shop torn
check "a restore of a damaged shop" 0 "$code"
sound "a restore of a damaged shop" torn
check "a restore of a damaged shop: what it was is kept" 3000 "$(stat -c %s torn/laseros.db.before-restore-* | sort -n | head -n 1)"
rm -rf torn

# The lines of the crontab, by a clock that goes on a night at a time: 30 archives, all whole, and not a word.
rm -rf saved/backups/*
grep -F 'backup create' "$here/../examples/crontab" | cut -d ' ' -f 6- >nightly
mkdir -p bin
ln -sf "$laseros" bin/laseros
for ((night = 0; night < 40; night++)); do
    "$laseros" client edit CL-0001 --notes "night $night" >/dev/null
    PATH=$PWD/bin:$PATH faketime "$(date -u -d "2026-03-01 + $night days" +%F) 02:00:00" sh nightly >>told 2>&1
done
check "forty nights: silent" "" "$(cat told)"
check "forty nights: archives" 30 "$(find saved/backups -name '*.tar.zst' | wc -l)"
check "forty nights: nothing else" 30 "$(find saved/backups -type f | wc -l)"
run "$laseros" backup verify saved/backups/*.tar.zst
check "forty nights: verified" "0 30 backups are whole" "$code $out"
check "forty nights: the last ones are kept" "2026-03-11 2026-04-09" \
    "$("$laseros" backup list --csv --no-header --fields at | cut -c 1-10 | sort | sed -n '1p;$p' | paste -s -d ' ')"
unset LASEROS_SHOP
rm -f stop stored-* said-* made found nightly told
