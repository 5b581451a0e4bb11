"""How it is signed: keys, key slots, envelopes, signatures, certificates, sealing. Knows no database and no screen."""
