"""What the crash tests are made of: processes that may be killed, people who write meanwhile, a mail server."""
