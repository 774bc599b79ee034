"""QR codes of stops."""

import io

import segno


def svg(address: str) -> str:
    """Return the QR code of an address as an SVG with its quiet zone of four modules, error level M (ISO/IEC 18004)."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(out, kind="svg", border=4, light="#fff")
    return out.getvalue().decode()
