"""Speech: synthesis and the audio cache. Storage is handed in; engines are loaded on first use."""
