// Imported before the scenarios' chapter, which is made on the engine that this names.
process.env['TEST_ENGINE'] = 'postgres';
export {};
