"""The learner's file: tables, transactions, startup, backup. Beside the server's, all SQL is here."""
