"""What people would pick instead, doing the same work: optional, `make bench PEERS=1`."""
