"""One file a claim; each prints one JSON object, beside a peer or a physical limit where there is one."""
