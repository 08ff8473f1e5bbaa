"""The pure core: no clock, thread, SQL, file or log; only the standard library and phonenumbers."""
