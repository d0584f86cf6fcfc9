"""Judges bundles of honours with programs that are not Laurel's: openvc-core for the credential and its
status list, PyJWT for the token, and the RFCs written down once more for the record's proofs.

Usage: check_bundle.py INSTANT FILE...
Prints one line a file: its name, and `accepted`, or `refused` with what refused it.
"""

import base64
import datetime
import hashlib
import json
import sys

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openvc.verify import VerificationPolicy, default_resolver, verify_credential


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a name stands twice")
    return dict(pairs)


def credential(bundle, now):
    """The credential under openvc, its status list as a credential of the same issuer."""

    def status_list(url):
        listed = bundle["status_list"]
        if listed["id"] != url:
            raise ValueError("another status list")
        policy = VerificationPolicy(now=now, expected_types=["BitstringStatusListCredential"])
        verify_credential(listed, policy=policy)
        return listed

    policy = VerificationPolicy(
        now=now, expected_types=["OpenBadgeCredential"], require_status_issuer_binding=True
    )
    verify_credential(bundle["credential"], policy=policy, resolve_status_list=status_list)


def key_of(bundle):
    document = default_resolver().resolve(bundle["issuer"]["did"])
    return document.verification_methods[0].public_key_jwk


def token(bundle):
    """The token under PyJWT; it must say what the credential says."""
    key = jwt.PyJWK(key_of(bundle), algorithm="EdDSA").key
    claims = jwt.decode(bundle["credential_jwt"], key, algorithms=["EdDSA"])
    stated = {name: value for name, value in claims.items() if name not in ("iss", "jti", "nbf")}
    own = {name: value for name, value in bundle["credential"].items() if name != "proof"}
    if stated != own or claims["iss"] != bundle["issuer"]["did"] or claims["jti"] != own["id"]:
        raise ValueError("the token says something else")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    fn, sn, value = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            raise ValueError("the path is too long")
        if fn & 1 or fn == sn:
            value = sha256(b"\x01", sibling, value)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = sha256(b"\x01", value, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise ValueError("the path is too short")
    return value


def record(bundle):
    """The checkpoint (C2SP signed-note) and the entries below it."""
    text, _, line = bundle["checkpoint"].rpartition("\n\n— ")
    name, blob = line.rstrip("\n").split(" ")
    blob = base64.b64decode(blob, validate=True)
    raw = base64.urlsafe_b64decode(key_of(bundle)["x"] + "=")
    if blob[:4] != sha256(name.encode(), b"\n\x01", raw)[:4]:
        raise ValueError("the checkpoint is of another key")
    Ed25519PublicKey.from_public_bytes(raw).verify(blob[4:], (text + "\n").encode())
    origin, size, root = text.split("\n")
    evidence = bundle["credential"]["evidence"][0]["laurelRecord"]
    if origin != evidence["log"]:
        raise ValueError("the checkpoint is of another record")
    for entry, stated in zip(bundle["entries"], (evidence["proposal"], evidence["conferral"])):
        statement = sha256(entry["statement"].encode())
        if statement.hex() != stated["statement"] or entry["position"] != stated["position"]:
            raise ValueError("another entry")
    for entry in bundle["entries"]:
        leaf = sha256(
            b"\x00",
            bytes.fromhex(entry["previous"] or "00" * 32),
            entry["position"].to_bytes(8, "big"),
            entry["admitted_at"].to_bytes(8, "big"),
            sha256(entry["statement"].encode()),
            bytes.fromhex(entry["signature"]),
        )
        path = [bytes.fromhex(node) for node in entry["path"]]
        if root_of(leaf, entry["position"] - 1, int(size), path) != base64.b64decode(root):
            raise ValueError("an entry is not below the checkpoint")


def main():
    now = datetime.datetime.fromisoformat(sys.argv[1].replace("Z", "+00:00"))
    for path in sys.argv[2:]:
        name = path.rsplit("/", 1)[-1]
        try:
            with open(path, encoding="utf-8") as file:
                bundle = json.load(file, object_pairs_hook=unique)
            credential(bundle, now)
            token(bundle)
            record(bundle)
            print(name, "accepted")
        except Exception as error:  # whatever it is, the bundle is refused
            print(name, "refused", type(error).__name__)


main()
