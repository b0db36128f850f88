// Takes the place of the record plugin's own processor, which hands on whatever rate and number of
// channels the device has and tells neither. This one mixes to mono and says the rate first.
const FRAMES = 1024 // what is not yet handed on when recording stops is lost: 21 ms at 48 kHz

class Microphone extends AudioWorkletProcessor {
  samples = new Int16Array(FRAMES)
  filled = 0

  constructor() {
    super()
    // "PT" as a number, the version of this agreement, the rate in two halves.
    this.port.postMessage(new Int16Array([0x5450, 1, sampleRate & 0xffff, sampleRate >> 16]))
  }

  process([channels]) {
    for (let frame = 0; channels.length > 0 && frame < channels[0].length; frame++) {
      let sum = 0
      for (const channel of channels) sum += channel[frame]
      const level = Math.max(-1, Math.min(1, sum / channels.length))
      this.samples[this.filled++] = Math.round(level * 32767)
      if (this.filled === FRAMES) {
        this.port.postMessage(this.samples)
        this.filled = 0
      }
    }
    return true
  }
}

registerProcessor("recorder.worklet", Microphone)
