"""The edge: requests and sockets in, refusals as statuses and close codes out. No rules live
here."""
