"""What people do with a conversation: join it, answer, moderate it. Knows the store by its
interface and a socket as something that takes frames; never HTTP, never SQL."""
