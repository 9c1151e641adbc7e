"""Prints what `restic forget` keeps of random sets of dates under random rules.

usage: retention.py SETS SEED

Each line is a set under a rule: the time zone; how many to keep of the last, hourly, daily, weekly, monthly and yearly ones (1000000: all);
then for each date, newest first, its second since 1970 and the first letters of the reasons to keep it: `1785657600:ld`.
It writes the snapshots of a repository itself, by the format in restic's documentation, each set as another host, because restic takes
half a second to make one.
"""
import concurrent.futures, hashlib, json, os, random, subprocess, sys, tempfile
from base64 import b64encode
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.poly1305 import Poly1305

KINDS = ["last", "hourly", "daily", "weekly", "monthly", "yearly"]
ZONES = ["Africa/Johannesburg", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia",
         "America/Sao_Paulo", "UTC"]
SETS_PER_REPOSITORY, RULES = 25, 4
# More than any set has: restic 0.14 has no other way to say it, and ignores -1.
UNLIMITED = 1_000_000


def sealed(key, text):
    """AES-256 in counter mode, and Poly1305-AES."""
    secret, mac, r = key[:32], key[32:48], key[48:]
    nonce = os.urandom(16)
    cipher = Cipher(algorithms.AES(secret), modes.CTR(nonce)).encryptor()
    hidden = cipher.update(text) + cipher.finalize()
    block = Cipher(algorithms.AES(mac), modes.ECB()).encryptor()
    return nonce + hidden + Poly1305.generate_tag(r + block.update(nonce), hidden)


def put(folder, data):
    name = hashlib.sha256(data).hexdigest()
    with open(f"{folder}/{name}", "wb") as file:
        file.write(data)


def repository(folder):
    """An empty repository whose password is `password`, with its key."""
    for name in ["data", "index", "keys", "locks", "snapshots", "tmp"]:
        os.makedirs(f"{folder}/{name}")
    key, salt, cost = os.urandom(64), os.urandom(64), {"N": 2, "r": 1, "p": 1}
    user = hashlib.scrypt(b"password", salt=salt, n=cost["N"], r=cost["r"], p=cost["p"], dklen=64)
    master = {"mac": {"k": b64encode(key[32:48]).decode(), "r": b64encode(key[48:]).decode()}, "encrypt": b64encode(key[:32]).decode()}
    put(f"{folder}/keys", json.dumps({
        "created": "2026-01-01T00:00:00Z", "username": "u", "hostname": "h", "kdf": "scrypt", **cost, "salt": b64encode(salt).decode(),
        "data": b64encode(sealed(user, json.dumps(master).encode())).decode()}).encode())
    config = {"version": 2, "id": os.urandom(32).hex(), "chunker_polynomial": "25b468838dcb75"}
    with open(f"{folder}/config", "wb") as file:
        file.write(sealed(key, json.dumps(config).encode()))
    return key


def instants(chance, zone):
    """Seconds since 1970: from none to many, close together or far apart, at the places where calendars are hard."""
    count = chance.choice([0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55])
    year = chance.randrange(1999, 2036)
    local = lambda *parts: int(datetime(*parts, tzinfo=zone).timestamp())
    start = chance.choice([
        lambda: chance.randrange(local(1999, 1, 1), local(2036, 12, 31)),
        # Clocks change on some night of March, April, September to November.
        lambda: local(year, chance.choice([3, 4, 9, 10, 11]), chance.randrange(1, 31)),
        # Around New Year, where week 53 or week 1 of another year is.
        lambda: local(year, 12, chance.randrange(26, 32)),
        lambda: local(2011, 12, chance.randrange(29, 32)),
        lambda: local(year, 2, 28),
        lambda: int(datetime.now().timestamp()),
    ])()
    step = chance.choice([1, 600, 1800, 3600, 10_800, 86_400, 7 * 86_400, 31 * 86_400])
    found = []
    for _ in range(count):
        # Some are of the same moment as another.
        found.append(chance.choice(found) if found and chance.random() < 0.1 else start + chance.randrange(0, step * max(count, 1)))
    shapes = [lambda second: second, lambda second: second - second % 3600, lambda second: start + (second - start) // step * step]
    shape = chance.choice(shapes)
    latest = local(2037, 1, 1)
    return sorted((min(shape(second), latest) for second in found), reverse=True)


def rule(chance):
    while True:
        counts = [chance.choice([0, 0, 0, 1, 2, 3, 5, 7, 12, 30, UNLIMITED]) if chance.random() < 0.7 else 0 for _ in KINDS]
        if any(counts):
            return counts


def written(second, zone):
    """RFC 3339 in the zone; restic counts the days and hours of the offset that is written."""
    return datetime.fromtimestamp(second, zone).isoformat()


def answers(number, seed):
    chance = random.Random(f"{seed} {number}")
    name = ZONES[number % len(ZONES)]
    zone = ZoneInfo(name)
    sets = {f"h{i}": instants(chance, zone) for i in range(SETS_PER_REPOSITORY)}
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        key = repository(folder)
        for host, seconds in sets.items():
            for i, second in enumerate(seconds):
                put(f"{folder}/snapshots", sealed(key, json.dumps({
                    "time": written(second, zone), "tree": hashlib.sha256(f"{host} {i}".encode()).hexdigest(), "paths": ["/shop"],
                    "hostname": host, "username": "u"}).encode()))
        for counts in [rule(chance) for _ in range(RULES)]:
            options = [f"--keep-{kind}={count}" for kind, count in zip(KINDS, counts) if count]
            run = subprocess.run(
                ["restic", "-r", folder, "--no-cache", "--no-lock", "--json", "forget", "--dry-run", "--group-by", "host", *options],
                env={**os.environ, "RESTIC_PASSWORD": "password", "TZ": name, "GOMAXPROCS": "1"}, capture_output=True, text=True)
            if run.returncode != 0:
                raise SystemExit(f"restic {' '.join(options)}: {run.stderr}")
            groups = {group["host"]: group for group in json.loads(run.stdout)}
            for host, seconds in sets.items():
                lines.append(line(name, counts, seconds, groups.get(host, {})))
    return lines


def line(zone, counts, seconds, group):
    kept = [(second_of(reason["snapshot"]), "".join(match[0] for match in reason["matches"])) for reason in group.get("reasons") or []]
    gone = [(second_of(snapshot), "") for snapshot in group.get("remove") or []]
    # restic goes from the newest to the oldest. Of the same moment the kept ones come before the others: only `last` tells them apart.
    found = sorted(kept + gone, key=lambda pair: -pair[0])
    assert [second for second, _ in found] == seconds, (found, seconds)
    return " ".join([zone, *map(str, counts)] + [f"{second}:{reasons}" for second, reasons in found])


def second_of(snapshot):
    return int(datetime.fromisoformat(snapshot["time"].replace("Z", "+00:00")).timestamp())


if __name__ == "__main__":
    sets, seed = int(sys.argv[1]), sys.argv[2]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for lines in pool.map(answers, range(-(-sets // SETS_PER_REPOSITORY)), [seed] * sets):
            print("\n".join(lines))
