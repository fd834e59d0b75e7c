"""Bodies of the functions for hashes, passwords, RSA and UUIDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.encoding import decoded_base64
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.limits import LimitExceeded
from bakectl.eval.types import STRING
from bakectl.eval.values import Value, string

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

_MAX_COST = 14
"""About a second; each step more takes twice the time, and buildx allows 31."""
_MAX_KEY_BITS = 8192
"""About a second too."""


def md5(args: tuple[Value, ...]) -> Value:
    return _hash("md5", args[0])


def sha1(args: tuple[Value, ...]) -> Value:
    return _hash("sha1", args[0])


def sha256(args: tuple[Value, ...]) -> Value:
    return _hash("sha256", args[0])


def sha512(args: tuple[Value, ...]) -> Value:
    return _hash("sha512", args[0])


def _hash(algorithm: str, value: Value) -> Value:
    from hashlib import new

    # The flag keeps MD5 available where the system allows it for other purposes than security only.
    return Value(STRING, new(algorithm, _bytes(value), usedforsecurity=False).hexdigest())


def _bytes(value: Value) -> bytes:
    data: bytes = value.data.encode("utf-8", "surrogateescape")
    return data


def bcrypt(args: tuple[Value, ...]) -> Value:
    cost = to_int64(args[1]) if len(args) > 1 else 10
    if len(args) > 2:
        raise FunctionError("bcrypt() takes no more than two arguments")
    password = _bytes(args[0])
    if len(password) > 72:
        raise FunctionError("error occured generating password bcrypt: password length exceeds 72 bytes")
    if cost > 31:
        raise FunctionError(
            f"error occured generating password crypto/bcrypt: cost {cost} is outside allowed inclusive range 4..31"
        )
    if cost > _MAX_COST:
        raise LimitExceeded(f"bcrypt with a cost of {cost} takes too long; the limit is {_MAX_COST}")
    try:
        from bcrypt import gensalt, hashpw
    except ImportError:
        raise FunctionError('this function needs the package "bcrypt"; install "bakectl[bcrypt]"') from None
    salt = gensalt(cost if cost >= 4 else 10, b"2a")
    return Value(STRING, hashpw(password, salt).decode("ascii"))


def uuidv4(_: tuple[Value, ...]) -> Value:
    from uuid import uuid4

    return Value(STRING, str(uuid4()))


def uuidv5(args: tuple[Value, ...]) -> Value:
    from hashlib import sha1 as hash_sha1
    from uuid import UUID

    namespace = _namespace(args[0].data)
    digest = hash_sha1(namespace.bytes + _bytes(args[1]), usedforsecurity=False).digest()
    return Value(STRING, str(UUID(bytes=digest[:16], version=5)))


def _namespace(name: str) -> UUID:
    import uuid

    known = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    try:
        return known.get(name) or _parse_uuid(name)
    except ValueError as error:
        raise FunctionError(f"uuidv5() doesn't support namespace {name} ({error})") from None


def _parse_uuid(text: str) -> UUID:
    """Read the four forms that Go's uuid library knows, by their length; braces may be any character."""
    import re
    from uuid import UUID

    size = len(text.encode("utf-8", "surrogateescape"))
    digits = text
    if size == 36 + 9:
        if text[:9].lower() != "urn:uuid:":
            from bakectl.eval.number_text import quoted

            raise ValueError(f"invalid urn prefix: {quoted(text[:9])}")
        digits = text[9:]
    elif size == 36 + 2:
        digits = text[1:-1]
    elif size not in (36, 32):
        raise ValueError(f"invalid UUID length: {size}")
    dash = "" if size == 32 else "-"
    if not re.fullmatch(dash.join(f"[0-9a-fA-F]{{{count}}}" for count in (8, 4, 4, 4, 12)), digits):
        raise ValueError("invalid UUID format")
    return UUID(digits)


def rsadecrypt(args: tuple[Value, ...]) -> Value:
    """Decrypt PKCS #1 v1.5 with plain integers.

    The cryptography package is no help: since OpenSSL 3.2 it answers random bytes where Go says "decryption error".
    """
    ciphertext = decoded_base64(args[0].data)
    if ciphertext is None:
        from bakectl.eval.number_text import quoted

        raise FunctionError(f"failed to decode input {quoted(args[0].data)}: cipher text must be base64-encoded")
    modulus, _, exponent, *_ = _private_key(args[1].data)
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(ciphertext, "big")
    if len(ciphertext) > size or number >= modulus:
        raise FunctionError("crypto/rsa: decryption error")
    block = pow(number, exponent, modulus).to_bytes(size, "big")
    padding, zero, message = block[2:].partition(b"\0")
    if block[:2] != b"\0\2" or len(padding) < 8 or not zero:
        raise FunctionError("crypto/rsa: decryption error")
    return string(message.decode("utf-8", "replace"))


def _private_key(pem: str) -> list[int]:
    """The integers of a PKCS #1 private key: modulus, public exponent, private exponent, and more."""
    try:
        version, *integers = _integers(_pem_block(pem))
    except (ValueError, IndexError):
        raise FunctionError("failed to parse key: not an RSA private key in PKCS #1 form") from None
    if version != 0 or len(integers) < 8 or min(integers) <= 0:
        raise FunctionError("x509: private key contains zero or negative value")
    if integers[0].bit_length() > _MAX_KEY_BITS:
        raise LimitExceeded(f"an RSA key of more than {_MAX_KEY_BITS} bits takes too long")
    return integers


def _pem_block(pem: str) -> bytes:
    """The content of the first PEM block."""
    _, _, text = pem.partition("-----BEGIN ")
    label, _, text = text.partition("-----")
    text, end, _ = text.partition(f"-----END {label}-----")
    headers, blank, content = text.strip().partition("\n\n")
    if not blank:
        headers, content = "", text
    data = decoded_base64(content.translate({9: None, 32: None})) if label and end else None
    if data is None:
        raise FunctionError("failed to parse key: no key found")
    if any(header.strip() == "Proc-Type: 4,ENCRYPTED" for header in headers.split("\n")):
        raise FunctionError(
            "failed to parse key: password protected keys are not supported. Please decrypt the key prior to use"
        )
    return data


def _integers(der: bytes) -> Iterator[int]:
    """The integers in a DER sequence of nothing else."""
    content, rest = _element(der, 0x30)
    if rest:
        raise ValueError("data after the sequence")
    while content:
        integer, content = _element(content, 0x02)
        yield int.from_bytes(integer, "big", signed=True)


def _element(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the element at the start, which must have the tag, and what follows it."""
    if der[0] != tag:
        raise ValueError("another tag")
    size, start = der[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(der[2:start], "big")
    if len(der) < start + size:
        raise ValueError("the element is cut off")
    return der[start : start + size], der[start + size :]
